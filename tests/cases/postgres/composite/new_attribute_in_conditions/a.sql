create type c as (a int); create table k(x c, check ((x).a>0)); create index i on k(((x).a)); 
create table b (a int); create table l (x b, check ((x).a > 0)); create function f(b) returns int language sql begin atomic select $1.a; end;
