create table t (id int primary key, a int, b text); create table u (a int primary key, b int); create publication p for table t (id, a) where (id > 0), u with (publish = 'insert, update');
