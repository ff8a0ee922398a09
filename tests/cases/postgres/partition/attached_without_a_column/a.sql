create table p (id int, v text) partition by list (id); create table q (id int, v text, extra int);
