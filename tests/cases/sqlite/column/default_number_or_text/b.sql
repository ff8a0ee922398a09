create table t (id integer primary key, a default '0', b default 0.0, c default 0);
