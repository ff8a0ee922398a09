create table t (id integer primary key, a text default 'y', b text, c text default (1 + 1));
