insert into node values (3, null, 'root'), (1, 3, 'left');
