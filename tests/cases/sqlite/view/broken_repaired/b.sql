create table t (id integer primary key, a text not null);
create table later (x text);
create view v as select x from later;
