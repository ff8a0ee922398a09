create table t (id integer primary key, "UserName" text);
create index t_user on t ("UserName");
