create table t (id int, g point not null, spatial key sp (g));
