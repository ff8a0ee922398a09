create table t(a int, key k(a)) charset latin1;
