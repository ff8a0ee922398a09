create table t (a int) compression = 'none';
