create function f(a int) returns int deterministic return a;
