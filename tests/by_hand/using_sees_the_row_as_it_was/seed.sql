create table t(id int, a int, b text, x int, y int); insert into t values (1, 5, 'xx', 1, 2);
create table u(id int, a text, b text, c text); insert into u values (1, 'x', 'y', '5'), (2, 'x', 'y', null);
