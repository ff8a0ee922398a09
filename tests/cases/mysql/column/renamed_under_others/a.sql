create table t (id int primary key, a int, b int, s int as (a + 1) stored, v int as (a + b) virtual, key kv (v), constraint ch check (a > 0), constraint both_of check (a <> b));
