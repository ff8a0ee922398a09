create table lt(t int primary key); create table hw(h int primary key); create table lease(id int primary key, a int, b int, pad char(200) default 'x');
