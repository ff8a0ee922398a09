create table t(a int) charset latin1;
