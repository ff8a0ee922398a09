create extension citext; create table t(b citext default 'q');
