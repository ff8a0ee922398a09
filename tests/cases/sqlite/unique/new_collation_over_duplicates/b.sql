create table t (id integer primary key, email text collate nocase unique);
