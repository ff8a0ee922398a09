create table t (id integer primary key, a text, constraint c check (typeof(a) = 'text'));
