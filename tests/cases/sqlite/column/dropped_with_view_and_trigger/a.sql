create table t (id integer primary key, a text, b text);
create table log (line text);
create view v as select id, a, b from t;
create trigger g after update of b on t begin insert into log values (new.b); end;
