insert into t values ('c', 'x,y');
