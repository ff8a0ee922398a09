create table p (code varchar(9) primary key) charset latin1;
create table c (id int primary key, code varchar(9), note text, constraint f foreign key (code) references p (code)) charset latin1;
