create table t (a int) row_format=dynamic;
