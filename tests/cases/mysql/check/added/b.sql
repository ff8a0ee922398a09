create table t (id int primary key, a int, b varchar(20), constraint c check (a > 0 or b <> 'it''s;'));
