create table t (id int not null, a text not null) partition by list (id);
create table p0 (id int not null, a text not null);
alter table t attach partition p0 for values in (0);
create table p1 partition of t for values in (1);
create table p2 partition of t for values in (2);
