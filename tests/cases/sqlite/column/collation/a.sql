create table t (id integer primary key, a text, b text collate nocase, c text collate nocase);
