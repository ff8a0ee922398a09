create table c (id int primary key, n bigint not null, m varchar(120) not null);
