create table t (id int, a int, b int, primary key (id), key a (a) using btree, unique key b (b));
