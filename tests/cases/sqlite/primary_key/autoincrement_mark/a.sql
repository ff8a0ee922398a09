create table t (id integer primary key autoincrement, a text);
create table other (id integer primary key autoincrement, a text);
