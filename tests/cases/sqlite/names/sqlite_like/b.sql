create table sqlitex (id integer primary key, a text);
create table "sqlite-notes" (id integer primary key);
create index sqliteindex on sqlitex (a);
