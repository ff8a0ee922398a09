create table t(id int primary key, status text not null default 'new', a int, marks text[], n int, mail text);
insert into t values (1, 'new', 1, '{new}', 1, 'Ann'), (2, 'paid', 2, '{}', 2, 'Bob');
