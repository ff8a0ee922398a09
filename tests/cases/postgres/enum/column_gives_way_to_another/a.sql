create type s as enum ('a', 'b', 'c'); create table t (id int, old s[] default '{}', stays s, constraint k check (not 'c'::s = any (old)));
