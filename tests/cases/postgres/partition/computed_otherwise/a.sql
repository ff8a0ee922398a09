create table p(id int, v int, g int generated always as (v + 1) stored) partition by range(id);
create table p1 partition of p for values from (0) to (10);
create table p2 (id int, v int, g int generated always as (v + 2) stored);
alter table p attach partition p2 for values from (10) to (20);
