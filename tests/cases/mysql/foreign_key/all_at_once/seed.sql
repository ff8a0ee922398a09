insert into lt values (1); insert into hw values (1); insert into lease (id, a, b) values (1, 1, 1);
