create table t (id int primary key, a text, b text, fulltext key f (a, b), fulltext key g (b));
