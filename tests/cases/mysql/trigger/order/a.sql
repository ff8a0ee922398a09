create table t (id int primary key, a int, b varchar(20)); create trigger g before insert on t for each row set new.a = 1;
