create table t (id int primary key, g point ref_system_id=4326 not null, h geometry ref_system_id=3857, l linestring ref_system_id=1, spatial key g (g));
