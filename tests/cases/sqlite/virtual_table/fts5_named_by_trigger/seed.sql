insert into note values (7, 'hello');
