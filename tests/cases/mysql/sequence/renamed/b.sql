create sequence s3; create table t (id int primary key, b int default nextval(s3));
