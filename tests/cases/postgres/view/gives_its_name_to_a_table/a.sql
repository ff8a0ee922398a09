create table t (id int primary key); create view v as select id from t;
