create table docs (a text);
create table other (a int);
create virtual table search using fts5(a, content = docs);
drop table docs;
