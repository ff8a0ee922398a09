create table t (id int primary key, b bigint, n varchar(9) character set latin1, constraint c check (b > -(1 + 1)), constraint d check (n <> 'x')); alter table t add column p int, algorithm = copy;
