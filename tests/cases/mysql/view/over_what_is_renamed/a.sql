create table parent (id int primary key, a int);
create view named as select id, a from parent;
create view over_named as select a from named;
