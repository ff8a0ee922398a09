create table u(id int, x int, primary key (id)) partition by hash (id); create table u0 partition of u for values with (modulus 1, remainder 0);
