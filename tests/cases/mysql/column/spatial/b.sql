create table t (a int, g point not null srid 4326, spatial key g (g));
