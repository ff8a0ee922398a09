create table item (id int, a text) partition by list (id); create table part partition of item for values in (1);
create table further partition of item for values in (2);
alter table item alter a set statistics 50;
create table last partition of item for values in (3);
