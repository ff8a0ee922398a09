create table p (a int constraint p_knows not null, b int) partition by range (a);
create table c (a int constraint c_knows not null, b int);
create table d (a int constraint d_knows not null, b int);
alter table p attach partition d for values from (20) to (30)
