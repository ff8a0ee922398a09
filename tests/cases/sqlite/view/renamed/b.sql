create table t (id integer primary key, a text);
create view new_view as select a from t;
create view above as select a from new_view;
