create sequence s; create table t (id int primary key, a int, b text); alter sequence s owned by t.a; alter table t alter a set default nextval('s');
