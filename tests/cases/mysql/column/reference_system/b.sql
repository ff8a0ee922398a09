create table t (id int primary key, a bigint, g point not null srid 4326, h point not null, spatial key g (g), spatial key h (h));
