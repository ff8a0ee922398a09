create table t(a int);
alter table t owner to trueup_reader;
grant all on t to trueup_writer;
create schema s authorization trueup_writer;
grant usage on schema s to trueup_reader;
create function f() returns int language sql as 'select 1';
alter function f() owner to trueup_writer;
grant execute on function f() to trueup_reader, trueup_third;
revoke execute on function f() from public;
create table u(a int, b int);
alter table u owner to trueup_writer;
grant select (b) on u to trueup_reader;
create sequence q;
alter sequence q owner to trueup_writer
