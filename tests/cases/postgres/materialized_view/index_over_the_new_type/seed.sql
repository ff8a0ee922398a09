insert into t values ('{a,b}'); refresh materialized view w;
