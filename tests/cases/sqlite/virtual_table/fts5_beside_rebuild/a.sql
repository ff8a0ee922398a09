create table t (id integer primary key, a text);
create virtual table search using fts5(body);
