create table t (id integer primary key, amount text);
create index t_amount on t (amount);
