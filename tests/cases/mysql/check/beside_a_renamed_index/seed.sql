insert into books values (1, 2, 0);
