create extension btree_gist; create table t (room int, a int, b int);
