create table person(id int primary key); create table ord(id int primary key, pid int, w int); create rule pp as on insert to person do also insert into ord(id, w) values (1, 2)
