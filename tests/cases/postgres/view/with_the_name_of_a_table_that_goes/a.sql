create table nums(n int);
