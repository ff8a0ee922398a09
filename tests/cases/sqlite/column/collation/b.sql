create table t (id integer primary key, a text collate nocase, b text collate rtrim, c text);
