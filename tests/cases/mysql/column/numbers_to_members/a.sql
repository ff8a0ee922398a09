create table t (id int primary key, kept tinyint not null, placed tinyint not null, listed int not null, bits bit(4) not null);
