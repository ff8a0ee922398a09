create table t (id int primary key, x int, `order` int, s int as (x + 1) stored, v int as (x + `order`) virtual, key kv (v), constraint ch check (x > 0), constraint both_of check (x <> `order`));
