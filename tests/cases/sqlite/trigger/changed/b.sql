create table t (id integer primary key, a text, b text);
create table log (line text);
create trigger body after insert on t begin insert into log values ('y'); end;
create trigger condition after insert on t when new.id > 2 begin insert into log values ('x'); end;
create trigger event after delete on t begin insert into log values ('x'); end;
create trigger timing before insert on t begin insert into log values ('x'); end;
create trigger columns after update of a, b on t begin insert into log values ('x'); end;
