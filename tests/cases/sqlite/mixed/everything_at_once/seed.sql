insert into account values (1, 'ada', 10), (5, 'bob', 20);
delete from entry;
insert into entry values (1, 1, 10), (2, 5, 20);
update account set balance = amount from entry where account_id = account.id;
