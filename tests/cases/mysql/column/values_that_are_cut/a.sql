create table t (a decimal(8,4), b datetime(6), c datetime, d double);
