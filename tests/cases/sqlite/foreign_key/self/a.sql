create table node (id integer primary key, parent_id integer references node (id) on delete cascade, label text);
