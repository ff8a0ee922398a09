create table t (id int primary key, g point not null srid 4326, spatial key g (g));
