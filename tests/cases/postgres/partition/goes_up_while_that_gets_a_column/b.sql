create table l (a int, b char, d text) partition by list (a); create table m partition of l for values in (5) partition by list (b); create table x partition of l for values in (7);
