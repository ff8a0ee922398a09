create table t (id integer primary key, a text default (lower( 'X' )), b int default (5));
