create type old as enum ('a'); create table t (id int primary key, x text unique, y text, z text, w text);
