create table t (id int primary key, a varchar(20), g varchar(30) generated always as (concat(a, '!')) virtual);
