create table sqlitex (id integer primary key);
