create function f(int) returns int language sql immutable as 'select $1 * 1'; create table t (a int default f(2) check (f(a) > -1)); create index i on t (f(a));
