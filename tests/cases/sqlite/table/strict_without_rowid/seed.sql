insert into setting values ('a', 1), ('b', '1'), ('c', x'01'), ('d', 1.5);
