insert into users values (3, 'z');
