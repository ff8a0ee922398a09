create type mood as enum ('sad'); create table t (id int not null, m mood not null, gone text); create table u (m mood not null default 'sad');
