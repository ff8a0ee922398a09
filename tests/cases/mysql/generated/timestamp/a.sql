create table t (id int primary key, made timestamp not null, secs int);
