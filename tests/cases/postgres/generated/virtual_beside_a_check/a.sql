create table t (a int, v int generated always as (a + 1) virtual, check (a > 0)); create table u (a int, v int generated always as (a + 1) virtual); create publication p for table u;
