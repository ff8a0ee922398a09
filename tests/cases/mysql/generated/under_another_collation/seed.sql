insert into t (a) values ('x'), ('X'), ('y');
