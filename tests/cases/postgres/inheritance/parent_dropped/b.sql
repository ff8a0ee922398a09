create table child (id int not null, b int);
create view seen as select id, b from child;
