create table t (id int, a text) partition by range (id); create table p partition of t for values from (1) to (9);
