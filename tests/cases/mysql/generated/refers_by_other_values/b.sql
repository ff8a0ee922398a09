create table p(id int primary key); create table t(c int, g int as (c+1) stored, foreign key (g) references p(id));
