insert into big (id, a, b, c, d) values (1,3,2,'a','b'),(2,3,2,'a','b');
