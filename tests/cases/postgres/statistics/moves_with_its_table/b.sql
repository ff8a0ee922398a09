create schema n; create table n.t (a int, b int); create statistics n.st on a, b from n.t; create type n.cp as (x int, y text); create table u (k n.cp);
