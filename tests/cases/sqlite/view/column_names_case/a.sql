create table t (a integer);
create view v as select a as Total, a+1 from t;
