create table account (id integer primary key, login text, balance integer);
create table entry (id integer primary key, account_id int references account (id), amount integer);
create index entry_account on entry (account_id);
create view totals as select account_id, sum(amount) as total from entry group by account_id;
create trigger entry_added after insert on entry begin update account set balance = balance + new.amount where id = new.account_id; end;
create table junk (a);
