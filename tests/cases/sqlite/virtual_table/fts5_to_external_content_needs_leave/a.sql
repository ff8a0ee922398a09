create table docs (id integer primary key, title text);
create virtual table search using fts5(title);
