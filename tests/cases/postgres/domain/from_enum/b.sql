create domain mood as text check (value in ('a','b')); create table t (id int, m mood default 'a'); create index ti on t (m); create view v as select m from t;
