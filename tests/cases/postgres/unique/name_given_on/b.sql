create table t (a int, b int, c int, constraint ib primary key (c), constraint pk unique (a)); create index ic on t (b);
