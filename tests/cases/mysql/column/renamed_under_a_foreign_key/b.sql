create table p (no int primary key, constraint pp check (no > 0));
create table c (id int primary key, parent int, v int as (parent + 1) virtual, constraint fk foreign key (parent) references p (no), constraint ck check (parent > 0));
