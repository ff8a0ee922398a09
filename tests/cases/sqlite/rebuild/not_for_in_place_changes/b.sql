create table t (id integer primary key, a text, c text not null default 'c', d integer);
create index t_a on t (a desc);
create view v as select a, c from t;
