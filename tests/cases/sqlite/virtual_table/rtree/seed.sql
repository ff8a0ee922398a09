insert into place values (1, 'here');
