create table p (a int constraint p_knows not null) partition by range (a);
create table c partition of p for values from (0) to (10);
create table d (a int not null);
alter table p attach partition d for values from (20) to (30)
