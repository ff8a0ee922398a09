create table p (id int primary key);
create table t (a int constraint t_a_fkey references p, b int unique, c int check (c > 0)); comment on constraint t_b_key on t is 'uq';comment on constraint t_a_fkey on t is 'fk'; comment on constraint p_pkey on p is 'pk'; comment on constraint t_c_check on t is 'ck'
