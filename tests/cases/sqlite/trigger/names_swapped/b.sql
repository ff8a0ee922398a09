create table t (a text);
create table log (line text);
create trigger two after insert on t begin insert into log values ('x'); end;
create trigger one after delete on t begin insert into log values ('y'); end;
