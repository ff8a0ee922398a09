create table t (id int primary key, name varchar(20) collate utf8mb4_bin unique, at datetime(3) unique);
