create table t (zzz text, b text, check (b <> "zzz"));
