create table t (a int, b int, constraint ordered check (a < b or (a is null and b is null)));
