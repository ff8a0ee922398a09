create function f(int) returns int language sql immutable as 'select $1'; create table t (a int default f(1) check (f(a) > 0)); create index i on t (f(a));
