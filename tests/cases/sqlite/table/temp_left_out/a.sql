create table a (id integer primary key);
create table b (id integer primary key);
create trigger touch after insert on a begin update b set id = id; end;
