create table t(c int, g int as (c+1) stored, unique key k(g));
