create table t (id int, a int);
create function g() returns setof t language sql stable as 'select * from t';
create view v as select id, a from g()
