create table t (a integer);
create view v as select a as total, a + 1 from t;
