create table t (id int not null, a text) partition by hash (id); create table p0 partition of t for values with (modulus 1, remainder 0);
