create table t (id integer primary key, a text not null on conflict ignore, b text not null default 'x');
