create domain k as int; create domain a as int; create domain b as a check (value <> 3); create type comp as (z a);
create domain n as int; create domain w as text;
create table t(c k, x b, y comp, v k[]);
insert into t values (1, 1, row(1), '{2}');
create table u(c n, s int);
insert into u(c) values (1);
create table words(c w);
insert into words values ('a');
