insert into t values ('a', 'b', 'c'); insert into u values ('x');
