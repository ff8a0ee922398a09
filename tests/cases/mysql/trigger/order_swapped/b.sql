create table t (a int, b int);
create trigger y before insert on t for each row set new.b = 2;
create trigger x before insert on t for each row set new.b = 1;
