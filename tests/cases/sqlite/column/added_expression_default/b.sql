create table t (id integer primary key, at text default current_timestamp, key text default (lower(hex(randomblob(8)))));
