create table "new; table" (id integer primary key, "new'column" text);
create view v as select "new'column" from "new; table";
