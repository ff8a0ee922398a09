create table t (id integer primary key, price int, check (price >= 0));
