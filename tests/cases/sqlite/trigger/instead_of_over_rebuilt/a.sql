create table t (id integer primary key, a text);
create view v as select id, a from t;
create trigger v_insert instead of insert on v begin insert into t (a) values (new.a); end;
