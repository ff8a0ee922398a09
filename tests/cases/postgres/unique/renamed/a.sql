create table t (a int, constraint old unique (a));
