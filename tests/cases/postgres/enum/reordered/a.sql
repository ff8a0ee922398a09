create type mood as enum ('a', 'b'); create table t (m mood, l mood[]); create index t_m on t (m); create view v as select m from t where m > 'a';
