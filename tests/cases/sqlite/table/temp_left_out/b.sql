create table a (id integer primary key);
create table b (id integer primary key);
create trigger touch after insert on b begin update a set id = id; end;
