create table t (a text, b text, constraint u unique (a));
