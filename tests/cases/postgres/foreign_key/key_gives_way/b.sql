create table z (x int, y int, v int, constraint u2 unique (x, y) include (v)); create table w (x int, y int, constraint g foreign key (x, y) references z (x, y) on delete cascade);
