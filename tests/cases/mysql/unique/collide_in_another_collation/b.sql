create table t (id int primary key, name varchar(20) collate utf8mb4_general_ci unique, at datetime unique);
