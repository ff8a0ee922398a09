create table t (a int, rowid text, oid text);
create table u (id integer primary key, _rowid_ text);
