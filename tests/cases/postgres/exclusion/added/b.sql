create extension btree_gist; create table t (room int, a int, b int, exclude using gist (room with =, int4range(a, b) with &&) where (room > 0));
