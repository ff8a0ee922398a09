create table t (id integer primary key, a text);
create view thing as select a from t;
