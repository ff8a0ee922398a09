create table p (id int primary key);
create table t (a int constraint t_a_fkey references p, b int unique, c int check (c > 0))
