insert into old_name values (500, '1');
delete from old_name;
