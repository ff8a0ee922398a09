create table t (a text unique on conflict rollback, b text unique on conflict fail, constraint u unique (a, b));
