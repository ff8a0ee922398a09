create table p (id int primary key, constraint pp check (id > 0));
create table c (id int primary key, pid int, v int as (pid + 1) virtual, constraint fk foreign key (pid) references p (id), constraint ck check (pid > 0));
