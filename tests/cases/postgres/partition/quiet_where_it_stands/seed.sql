insert into item values (1, 1); insert into stands values (2, 1); truncate log;
