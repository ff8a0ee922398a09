create table setting (key text primary key, value any, note text) strict, without rowid;
