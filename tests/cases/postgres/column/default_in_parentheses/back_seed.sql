insert into t (id) values (1); insert into made (id) values (1);
