create domain small as int check (value < 100); create table t (id int primary key, a int, b int, c numeric(6,2)); create table u (id int primary key);
