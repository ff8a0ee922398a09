create table place (id integer primary key, name text);
create virtual table place_box using rtree(id, min_x, max_x, min_y, max_y, +name text);
