create type addr as (street text, zip text);
create table p(id int, a addr); create table k(x int) inherits (p); create table q (id int, a addr) partition by range (id); create table q1 partition of q for values from (0) to (100);
