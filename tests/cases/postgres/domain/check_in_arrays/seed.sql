insert into t values (1, '{1,2}', 3, '(4,x)', '{5}', '{g}'), (2, null, null, null, null, null);
