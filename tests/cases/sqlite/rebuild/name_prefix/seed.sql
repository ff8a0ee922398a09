insert into item values (1, '1');
insert into item_tag values (1, 1, 'item');
