create table t (id int primary key, a varchar(20), g decimal(12,4) not null);
