create table t (a jsonb, b text, c int); create index g on t using gin (a jsonb_path_ops); create index h on t using hash (b); create index r on t using brin (c) with (pages_per_range = 16);
