create table t (id bigint, a int); create view v as select id, a from t; alter view v owner to pg_monitor; grant select (a) on v to pg_monitor;
create table o (id int, a int); revoke all on o from current_user; grant select (a) on o to current_user;
create table p (id int, a int); grant select (a) on p to current_user;
