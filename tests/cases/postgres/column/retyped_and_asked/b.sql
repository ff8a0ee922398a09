create table p (id bigint primary key);
create table t (a bigint primary key constraint big check (a > 1), n int unique, c bigint references p)
