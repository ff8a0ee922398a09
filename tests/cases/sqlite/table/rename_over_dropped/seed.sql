insert into item values (1, 'gone');
insert into item_v2 values (5, 'kept');
