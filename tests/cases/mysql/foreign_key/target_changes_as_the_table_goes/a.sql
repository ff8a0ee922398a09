create table s (k varchar(100) not null primary key); create table d (k varchar(100) not null, constraint d_s foreign key (k) references s (k));
