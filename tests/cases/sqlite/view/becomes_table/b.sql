create table t (id integer primary key, a text);
create table thing (a text);
