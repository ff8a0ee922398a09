create table t (a text, b text, unique (a, b));
