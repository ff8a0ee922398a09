create table customer(id int primary key, email text);
insert into customer values (1,'a@b.c'),(2,'x@y.z');
