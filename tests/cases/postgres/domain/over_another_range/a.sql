create domain d as int4range; create table t(a d);
