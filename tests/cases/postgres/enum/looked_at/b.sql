create type e as enum ('b', 'a'); create table t (id int primary key, y e, z e[]); create publication pu for table t (id, y); create policy p on t using (z is not null and id > 1);
