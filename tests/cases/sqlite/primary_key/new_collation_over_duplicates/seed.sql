insert into t values ('x', 1), ('X', 2);
