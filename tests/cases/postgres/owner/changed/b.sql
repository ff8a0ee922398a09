create table t (id int primary key, a int, b text);create view v as select id, a from t; alter table t owner to trueup_writer; alter view v owner to trueup_reader;
