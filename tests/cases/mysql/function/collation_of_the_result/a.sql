create function f() returns varchar(20) deterministic return 1;
