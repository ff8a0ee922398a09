create table t (id int primary key, r int4range, n int, constraint x exclude using gist (r with &&) where (n > 0));
