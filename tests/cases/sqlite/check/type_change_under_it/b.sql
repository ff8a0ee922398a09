create table t (id integer primary key, a int, constraint c check (typeof(a) = 'text'));
