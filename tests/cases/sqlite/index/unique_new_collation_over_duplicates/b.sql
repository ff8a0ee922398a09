create table t (id integer primary key, email text collate nocase);
create unique index t_email on t (email);
