create table t (id int, a int, b int, primary key (id) using btree, key a (a), unique key b (b) using btree);
