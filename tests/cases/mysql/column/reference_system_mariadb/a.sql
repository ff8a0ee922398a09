create table t (id int primary key, g point not null, h geometry, spatial key g (g));
