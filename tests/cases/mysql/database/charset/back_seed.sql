insert into p values ('ä'); insert into c values (1, 'ä', 'ж'); insert into own values ('ж'); insert into other values ('€');
