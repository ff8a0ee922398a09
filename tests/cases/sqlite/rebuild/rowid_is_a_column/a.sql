create table t (rowid text, a text);
create table u (rowid text, oid text, _rowid_ text, a text);
