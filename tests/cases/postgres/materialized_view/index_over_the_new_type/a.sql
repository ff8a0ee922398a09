create table t(s text[]); create materialized view w as select s from t; create index i on w(cardinality(s));
