create table t (id int not null, at date not null);
