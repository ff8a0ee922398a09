create function f(a int) returns int deterministic comment 'x' return a;
