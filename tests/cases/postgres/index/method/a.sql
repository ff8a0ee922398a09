create table t (a jsonb, b text, c int);
