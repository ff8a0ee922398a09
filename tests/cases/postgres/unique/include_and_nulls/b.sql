create table t (a int, b int, c int, constraint t_a_key unique nulls not distinct (a) include (b), unique (b) deferrable initially deferred);
