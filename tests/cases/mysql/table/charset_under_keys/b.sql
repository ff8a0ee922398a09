create table p (code varchar(9) primary key) charset utf8mb4 collate utf8mb4_bin;
create table c (id int primary key, code varchar(9), note text, constraint f foreign key (code) references p (code)) charset utf8mb4 collate utf8mb4_bin;
