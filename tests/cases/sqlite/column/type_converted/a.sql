create table t (id integer primary key, price text not null);
