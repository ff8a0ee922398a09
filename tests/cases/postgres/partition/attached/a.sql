create table t (id int, a text) partition by hash (id); create table p0 (id int, a text);
