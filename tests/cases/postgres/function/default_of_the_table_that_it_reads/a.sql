create table item (id int primary key, n bigint);
