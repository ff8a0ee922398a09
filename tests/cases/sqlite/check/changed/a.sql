create table t (a int, b text, constraint limits check (a between 0 and 9));
