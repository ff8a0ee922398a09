create table t (id int auto_increment primary key, a varbinary(16) not null default x'00ff27', b binary(3) default 'x') auto_increment = 5;
