insert into k values (1, ('s', '5'), 2); insert into p values (3, ('t', '6')); insert into q values (7, ('u', '8'));
