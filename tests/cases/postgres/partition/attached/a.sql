create table t (id int not null, a text) partition by hash (id); create table p0 (id int not null, a text);
