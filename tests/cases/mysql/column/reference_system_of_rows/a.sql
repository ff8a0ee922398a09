create table t (id int primary key, g point not null, spatial key g (g));
