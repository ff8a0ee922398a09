create table t(a int);
alter table t owner to trueup_writer;
create schema s authorization trueup_reader;
create function f() returns int language sql as 'select 1';
alter function f() owner to trueup_reader;
create table u(a int, b int);
alter table u owner to trueup_reader;
grant select (a) on u to trueup_writer;
create sequence q;
alter sequence q owner to trueup_reader;
revoke update on sequence q from trueup_reader
