create table t (id int primary key, a int, g point not null, h point not null srid 4326, spatial key g (g), spatial key h (h));
