create type inside as (x int, y text); create type around as (one inside, n int); create type plain as (a int, b text, c date);
create table t (id int primary key, p plain, q plain[], r around, s inside default '(1,one)');
