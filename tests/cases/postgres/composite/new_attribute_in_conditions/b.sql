create type c as (a int, z int); create table k(x c, check ((x).z>0)); create index i on k(((x).z));
create table b (a int, z int); create table l (x b, check ((x).z > 0)); create function f(b) returns int language sql begin atomic select $1.a + $1.z; end;
