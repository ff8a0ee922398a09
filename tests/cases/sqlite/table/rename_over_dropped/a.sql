create table item (id integer primary key, old text);
create table item_v2 (id integer primary key, label text);
