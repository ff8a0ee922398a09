create table t (id integer primary key, amount integer check (amount > 0), note text, unique (note, amount));
create index t_amount on t (amount);
create index t_double on t (amount * 2) where amount > 10;
create view v as select amount from t;
create trigger g after update of amount on t when new.amount > 5 begin update t set note = 'big' where id = new.id; end;
