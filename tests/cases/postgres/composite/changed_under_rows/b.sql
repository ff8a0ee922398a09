create type inside as (y text, x bigint); create type around as (one inside, n int); create type plain as (d text, c date, a text);
create table t (id int primary key, p plain, q plain[], r around, s inside default '(one,1)');
