create table p(id int primary key); create table t(c int, g int as (c+100) stored);
