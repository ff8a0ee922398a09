create table t (id integer primary key, a text, b text unique, c int check (c > 0), d int references t (id));
