create table t(c int, g int as (c+100) stored);
