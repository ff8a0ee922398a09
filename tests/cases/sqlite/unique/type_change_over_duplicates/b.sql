create table t (id integer primary key, code integer unique);
