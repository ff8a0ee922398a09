create table t (id int primary key, a int, b varchar(20)); create algorithm=merge sql security invoker view v as select id, a from t where a > 0 with local check option;
