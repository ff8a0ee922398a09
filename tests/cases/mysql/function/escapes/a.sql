create table t (a varchar(50));
create function f(x varchar(50)) returns int deterministic return x regexp '^\\d+$';
create procedure p() select 'it''s', "a\"b", '\n';
create trigger tr before insert on t for each row set new.a = concat('c:\\temp\\', new.a);
create event e on schedule every 1 day starts '2035-01-01 00:00:00' do insert into t values ('it''s');
