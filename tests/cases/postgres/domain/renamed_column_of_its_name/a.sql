create domain email as varchar(50) check (value ~ '@');
create type status as enum ('new', 'done');
create function rank(status status, email email default 'a@b'::email) returns status language sql as 'select status';
create table t (id int primary key, email email, status status not null default 'new',
    constraint c check (email::email <> 'x@y' and status <> 'done'::status));
create view v as select t.email, t.status, t.status::status as again from t where t.status = 'new'::status;
