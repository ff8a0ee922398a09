create table t(a int, b text, c int, d int);
create view v as select x.p, x.q from t as x(p, q, r) where x.r > 2;
create view w as select k from t x(k) where k > 1;
