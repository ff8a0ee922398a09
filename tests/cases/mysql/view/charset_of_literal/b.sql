create table t (a varchar(9)); create view v as select concat(a, _utf8mb4' ', _latin1'y') as b from t; create view w as select _utf8mb4'x' as x;
