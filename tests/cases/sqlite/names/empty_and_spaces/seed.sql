insert into " " values (1, 'a');
