create table t(c int, g int as (c+1) stored, constraint k check (g < 10));
