create table parent2 (id int primary key, b int);
create view named as select id, b from parent2;
create view over_named as select b from named;
