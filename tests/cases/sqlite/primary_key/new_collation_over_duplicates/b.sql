create table t (code text collate nocase primary key, a int);
