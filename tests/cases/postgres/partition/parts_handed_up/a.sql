create table p (id int not null, v text) partition by list (id);
create table p1 partition of p for values in (1);
create function f() returns trigger language plpgsql as 'begin return new; end';
create index p1v on p1 (v);
alter table p1 add constraint uq unique (id, v);
create trigger tt after insert on p1 for each row execute function f();
