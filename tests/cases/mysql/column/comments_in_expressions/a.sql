create table t (id int primary key, a int not null default 1, b int not null default (1 + 2), d datetime not null default current_timestamp, c int as (a + 1));
