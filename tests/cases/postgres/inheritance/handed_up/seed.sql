insert into i2 values (2, 3, 'x');
