create sequence s2; create table t (id int primary key, b int default nextval(s2));
