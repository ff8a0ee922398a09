create table t (id integer primary key, a default foo, b default [bar], c default current_date);
