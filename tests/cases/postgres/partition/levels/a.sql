create table t (id int, region text, day date, primary key (region, day)) partition by list (region); create table t_eu partition of t for values in ('eu') partition by range (day);
