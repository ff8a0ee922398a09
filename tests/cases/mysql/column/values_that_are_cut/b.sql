create table t (a decimal(8,2), b datetime, c date, d int);
