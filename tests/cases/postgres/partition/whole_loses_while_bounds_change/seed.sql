insert into t values (1, '5', 'monday', 'a'), (21, '7', 'friday', 'b');
