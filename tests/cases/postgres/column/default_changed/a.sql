create table t (a int default 1, b timestamptz default now(), c text);
