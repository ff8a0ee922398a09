create table item (id integer primary key, label text);
