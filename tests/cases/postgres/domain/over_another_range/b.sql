create domain d as int8range; create table t(a d);
