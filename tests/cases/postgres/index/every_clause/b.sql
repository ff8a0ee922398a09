create table t (id int primary key, a int, b text); create unique index i on t (lower(b) text_pattern_ops desc nulls last, a) include (id) with (fillfactor = 80) where a > 0 and b <> 'x;';
