insert into big values (1,3,2,'a','b'),(2,3,2,'a','b');
