create table t (id int auto_increment primary key, a varbinary(16) not null default x'00ff', b binary(3) default x'c3a4', c blob) auto_increment = 5;
