insert into word values ('and', 3), ('a', 4);
