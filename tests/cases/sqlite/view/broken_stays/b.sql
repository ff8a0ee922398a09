create table t (id integer primary key, b text, c text);
create view broken as select x from gone;
