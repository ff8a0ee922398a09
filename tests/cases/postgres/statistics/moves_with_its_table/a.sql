create schema s; create table s.t (a int, b int); create statistics s.st on a, b from s.t; create type s.cp as (x int, y text); create table u (k s.cp);
