create table t (a int, b int, c int, constraint pk primary key (c), constraint uu unique (a)); create index ib on t (b);
