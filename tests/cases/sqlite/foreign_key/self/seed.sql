insert into node values (3, null, 'root'), (1, 3, 'left'), (2, 3, 'right'), (9, 1, 'leaf');
