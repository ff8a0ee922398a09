create table "T t" ("a""b" int); create recursive view "V" (n) as select 1 union all select n + 1 from "V" where n < (select max("a""b") from "T t");
