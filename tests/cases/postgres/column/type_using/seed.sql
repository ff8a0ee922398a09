insert into t values ('12 pieces');
