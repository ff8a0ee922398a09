create table z (x int, y int, v int, constraint u1 unique (x, y)); create table w (x int, y int, constraint f foreign key (x, y) references z (x, y));
