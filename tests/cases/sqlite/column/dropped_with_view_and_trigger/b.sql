create table t (id integer primary key, a text);
create table log (line text);
create view v as select id, a from t;
create trigger g after update of a on t begin insert into log values (new.a); end;
