create table parent (id integer primary key, a int, b int, unique (a, b));
create table child (id integer primary key, parent_id int references parent (id), a int, b int, foreign key (a, b) references parent (a, b));
