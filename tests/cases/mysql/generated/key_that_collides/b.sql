create table t(c int, g int as (1+2) stored, unique key k(g));
