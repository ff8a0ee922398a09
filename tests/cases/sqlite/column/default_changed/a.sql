create table t (id integer primary key, a text default 'x', b text default 'x', c text);
