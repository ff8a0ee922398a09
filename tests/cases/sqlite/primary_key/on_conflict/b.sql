create table t (code text not null primary key, a text);
create table u (a int not null, b int not null, primary key (a, b) on conflict fail);
