create table p (id integer primary key);
create table c (a int, b int, d int, constraint new foreign key (a) references p (id), constraint named foreign key (b) references p (id), constraint kept foreign key (d) references p (id) on delete cascade);
