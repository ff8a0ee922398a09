create table parent (id integer primary key, a int, b int, unique (a, b));
create table child (id integer primary key, parent_id int, a int, b int);
