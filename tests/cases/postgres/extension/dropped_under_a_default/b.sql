create table t(b text default 'q');
