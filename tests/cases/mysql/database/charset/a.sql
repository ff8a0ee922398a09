alter database character set latin1;
create table p (code varchar(9) primary key);
create table c (id int primary key, code varchar(9), kept varchar(9) character set koi8r, constraint f foreign key (code) references p (code));
create table own (a varchar(9)) charset koi8r;
create table other (a varchar(9)) charset utf8mb4;
create function f(a varchar(9)) returns varchar(9) deterministic return a;
