create table t (id "integer primary key", a text collate nocase, b 'quoted', c "unique");
