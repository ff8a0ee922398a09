create table t (a int not null, b int not null, c int constraint own not null);
create table old (a int not null);
