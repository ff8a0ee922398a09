create table child (id integer primary key, parent_id int references nowhere (id), note integer);
