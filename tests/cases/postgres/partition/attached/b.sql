create table t (id int, a text) partition by hash (id); create table p0 (id int, a text); alter table t attach partition p0 for values with (modulus 1, remainder 0);
