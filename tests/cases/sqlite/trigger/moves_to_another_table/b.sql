create table one (a text);
create table two (a text);
create trigger touch after insert on two begin select 1; end;
