create table "old ""table""" (id integer primary key, "old.column" text);
create view v as select "old.column" from "old ""table""";
