create table base (id integer primary key);
create table a (id integer primary key, b_id int references b (id));
create table b (id integer primary key, a_id int references a (id));
