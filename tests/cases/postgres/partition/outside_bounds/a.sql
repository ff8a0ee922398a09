create table t (at date not null, part int not null, region text, label text not null) partition by range (at, part);
create table p (at date not null, part int not null, region text, label text not null);
create table l (region text, n int) partition by list (lower(region));
create table lp (region text, n int);
create table h (id int) partition by hash (id);
create table hp (id int);
