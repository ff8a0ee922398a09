create table reading (id integer primary key, value real, unit text not null) strict;
