create table t (id int primary key, name varchar(9), code varchar(9) not null default 'x', unique (code));
