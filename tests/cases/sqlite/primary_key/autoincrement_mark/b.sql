create table t (id integer primary key autoincrement, a integer);
create table other (id integer primary key autoincrement, a text);
