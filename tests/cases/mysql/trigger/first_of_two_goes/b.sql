create table t(x int); create trigger b before insert on t for each row set new.x=2;
