create table t (id int not null, k text not null, day text, q text, check (k <> ''), check (length(day) < 100), g int generated always as (length(q)) stored) partition by range (id);
create table t_low partition of t for values from (0) to (10);
create table t_high partition of t for values from (20) to (30);
