create table t (id integer primary key, a text);
create table log (line text);
create trigger on_insert after insert on t begin insert into log values ('insert'); end;
create trigger on_delete after delete on t begin insert into log values ('delete'); end;
create trigger on_update after update on t begin insert into log values ('update'); end;
create trigger never before delete on t begin select raise(abort, 'never'); end;
