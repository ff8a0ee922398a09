create table t (id int primary key, kept enum('1','2') not null, placed tinyint not null, listed int not null, bits bit(4) not null);
