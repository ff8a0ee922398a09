create table t (id serial primary key, a int);
create table u (id int generated always as identity (increment -1 start -1) primary key, a int);
create table "W.x" ("i $d" serial primary key, a int);
create table v (id serial primary key, a int)
