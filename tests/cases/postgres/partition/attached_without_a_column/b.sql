create table p (id int, v text) partition by list (id); create table q partition of p for values in (1);
