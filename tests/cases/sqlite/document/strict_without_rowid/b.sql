create table setting (key text primary key, value any, changed integer not null default (unixepoch())) strict, without rowid;
create virtual table search using fts5(key, value);
