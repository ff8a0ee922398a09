create function f(a int, b varchar(9) charset utf8mb4) returns bigint deterministic no sql return a + length(b);
