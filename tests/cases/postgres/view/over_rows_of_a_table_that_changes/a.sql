create table t (id int, a bigint not null);
create function g() returns setof t language sql stable as 'select * from t';
create publication p for table t where (a > 0)
