create table "t; drop table x; --" (id integer primary key, "a) values (1" text);
create table x (id integer primary key);
