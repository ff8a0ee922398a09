create table t (id int primary key, a inet4, b uuid);
