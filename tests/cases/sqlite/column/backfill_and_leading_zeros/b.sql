create table t (id integer primary key, code integer not null);
