create table person(id int primary key); create table ord(id int primary key, pid int, w int); create policy pp on person using (exists (select from ord where w = person.id));
