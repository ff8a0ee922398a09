create domain email as text check (value ~ '@');
create type state as enum ('new', 'done');
create function rank(status state, email email default 'a@b'::email) returns state language sql as 'select status';
create table t (id int primary key, mail email, current state not null default 'new',
    constraint c check (mail::email <> 'x@y' and current <> 'done'::state));
create view v as select t.mail as email, t.current as status, t.current as again from t where t.current = 'new'::state;
