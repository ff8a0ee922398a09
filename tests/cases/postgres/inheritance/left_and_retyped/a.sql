create table p (id bigint not null, n text, d date default '2020-01-01'); create table t (own int) inherits (p); create view v as select id, n from t;
