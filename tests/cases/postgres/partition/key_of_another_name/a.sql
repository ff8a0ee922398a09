create table t(id int not null, x int, y int) partition by hash(id); create table p partition of t for values with (modulus 1, remainder 0);
