create table t (id int, a text, c int default 5) partition by range (id); create table p partition of t for values from (1) to (9); create index i on t (a);
