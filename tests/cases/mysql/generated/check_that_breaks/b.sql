create table t(c int, g int as (c+100) stored, constraint k check (g < 10));
