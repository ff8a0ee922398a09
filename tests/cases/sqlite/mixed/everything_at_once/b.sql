create table user (id integer primary key autoincrement, login text not null unique collate nocase, balance integer not null default 0 check (balance >= 0));
create table entry (id integer primary key, user_id int not null references user (id) on delete cascade, amount integer not null, at text default current_timestamp) strict;
create index entry_user on entry (user_id, id desc);
create view totals as select user_id, sum(amount) as total, count(*) as n from entry group by user_id;
create trigger entry_added after insert on entry when new.amount <> 0 begin update user set balance = balance + new.amount where id = new.user_id; end;
create table session (token text primary key, user_id int references user (id)) without rowid;
