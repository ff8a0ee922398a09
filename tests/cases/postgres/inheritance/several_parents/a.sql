create table p (id int, a text, c int); create table q (id int, b text); create table t (own int) inherits (p, q); create table r (x int); create table s (a text, x int) inherits (r);
