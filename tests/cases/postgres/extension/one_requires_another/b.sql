create table c (b int);
