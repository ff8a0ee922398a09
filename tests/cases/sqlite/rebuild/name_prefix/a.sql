create table item (id integer primary key, a text);
create table item_tag (id integer primary key, item_id int references item (id), item text);
create view item_view as select item.a, item_tag.item from item join item_tag on item_tag.item_id = item.id;
