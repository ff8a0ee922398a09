create sequence s2; create table sv (id int primary key, a int, b int default nextval(s2)) with system versioning;
