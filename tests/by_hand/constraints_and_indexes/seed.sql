create schema app;
create table app.old(id int);
insert into app.old values (1);
