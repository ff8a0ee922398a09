create domain d as text constraint nb check (value <> 'bad'); create table t (id int primary key, many d[], one d);
