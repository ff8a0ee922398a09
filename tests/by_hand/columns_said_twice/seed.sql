create table parent(a int, b text default 'p'); create table child(a int default 5, b text default 'c', c int) inherits(parent); create table grand(a int) inherits (child);
insert into parent values (1,'x'); insert into child values (2,'y',3); insert into grand values (4,'z',4);
create view cv as select a, b from child;
