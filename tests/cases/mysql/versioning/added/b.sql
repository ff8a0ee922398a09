create table t (a int) with system versioning;
