create table t (a varchar(2));
