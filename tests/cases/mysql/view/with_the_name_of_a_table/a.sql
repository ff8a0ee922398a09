create table t(i int); create table t1(a int);
