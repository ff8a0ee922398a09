create table t (id integer primary key, a text collate nocase, constraint c check (a <> 'x'));
