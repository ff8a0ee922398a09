create table t (id integer primary key, height integer, width text);
