create table t (a varchar(9) collate utf8mb4_bin, g int as (a = 'X') stored, v int as (a = 'X') virtual, key v (v));
