create table p (id integer primary key);
create table c (a int references p (id));
