create table t (a int, u uuid default uuid(), i inet6);
