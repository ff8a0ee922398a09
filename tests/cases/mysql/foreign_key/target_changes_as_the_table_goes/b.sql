create table s (k varchar(255) character set latin1 not null primary key);
