create table t (id INTEGER PRIMARY KEY, a TEXT, b VARCHAR(20));
