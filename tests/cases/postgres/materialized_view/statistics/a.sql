create table t (a int, b int);
create materialized view m as select a, b from t;
create statistics ms on a, b from m;
create statistics gone (ndistinct) on a, b from m;
