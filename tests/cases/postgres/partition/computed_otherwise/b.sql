create table p(id int, v int, g int generated always as (v + 1) stored) partition by range(id);
create table p1 (id int, v int, g int generated always as (v + 5) stored);
alter table p attach partition p1 for values from (0) to (10);
create table p2 partition of p for values from (10) to (20);
create table p3 (id int, v int, g int generated always as (v * 5) stored);
alter table p attach partition p3 for values from (30) to (40);
