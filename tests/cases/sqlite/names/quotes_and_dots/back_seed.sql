insert into "a.b" values (1, 'x', 'y', 'z', 'w');
