create table t(id_n int not null, x int not null, y int) partition by hash(id_n); create table p partition of t for values with (modulus 1, remainder 0);
