create table t (id integer primary key, a integer);
create virtual table search using fts5(body);
