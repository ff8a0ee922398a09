create table t (id integer primary key, total integer check (total > 0), note text, unique (note, total));
create index t_amount on t (total);
create index t_double on t (total * 2) where total > 10;
create view v as select total from t;
create trigger g after update of total on t when new.total > 5 begin update t set note = 'big' where id = new.id; end;
