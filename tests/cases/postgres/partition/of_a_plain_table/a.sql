create table t (id int not null, day date not null, note text); create view v as select id from t;
