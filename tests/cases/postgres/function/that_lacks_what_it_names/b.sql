set check_function_bodies = off;
create table p(id int primary key); create table q(id int primary key);
create function k(int) returns int language sql as 'select nosuch from p where id = $1';
create function k2(int) returns int language sql as 'select id from q where id = k3($1)';
create function k3(int) returns int language sql as 'select case when $1 < 0 then k3(1) else 2 end';
create function k4() returns int language plpgsql as 'declare x nosuchtype; begin return 1; end';
