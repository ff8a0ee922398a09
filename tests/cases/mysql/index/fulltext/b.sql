create table t (a text, fulltext key f (a));
