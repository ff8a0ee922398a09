create table t(x int); create trigger a before insert on t for each row set new.x=1; create trigger b before insert on t for each row set new.x=2;
