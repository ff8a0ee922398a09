create table t (rowid text, a integer);
create table u (rowid text, oid text, _rowid_ text, a integer);
