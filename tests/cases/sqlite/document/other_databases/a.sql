create table doc (id integer primary key);
