create table t (a int, rowid text not null default 'none');
