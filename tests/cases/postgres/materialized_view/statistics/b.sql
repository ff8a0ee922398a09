create table t (a int, b bigint);
create materialized view m as select a, b from t;
create statistics ms (mcv) on a, b from m;
create statistics more on (a + b), b from m;
alter statistics ms set statistics 77;
comment on statistics more is 'it';
