create table event(region text not null, day date not null, v int);
insert into event values ('us','2024-02-03',1),('eu','2024-03-03',2),('us','2023-03-03',2);
