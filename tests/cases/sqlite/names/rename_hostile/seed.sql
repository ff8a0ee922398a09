insert into "old ""table""" values (1, 'x');
