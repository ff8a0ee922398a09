create table t (a text, b text, unique (a collate nocase, b desc));
