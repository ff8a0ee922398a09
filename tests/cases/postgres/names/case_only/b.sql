create table t (a int, "A" int); create table "T" (a int);
