create table vertex (id integer primary key, parent_id integer references vertex (id), label text);
