insert into x values (1,'a'),(2,'b')
