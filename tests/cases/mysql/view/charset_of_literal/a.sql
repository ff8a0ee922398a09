create table t (a varchar(9)); create view v as select concat(a, _utf8mb4' ', _latin1'x') as b from t;
