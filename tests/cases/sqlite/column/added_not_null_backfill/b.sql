create table t (id integer primary key, first text, last text, full_name text not null);
