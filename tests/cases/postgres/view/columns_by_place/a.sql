create table t(a int, b text, c int);
create view v as select x.p, x.q from t as x(p, q, r);
create view w as select * from t x(k) where k > 1;
