insert into reading values (3, 1.5, 'm'), (9, 2, 'kg'), (12, null, '');
