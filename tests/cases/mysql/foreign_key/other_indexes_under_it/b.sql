create table a (x bigint primary key);
create table b (y bigint, u int not null, primary key (u), unique key w (y));
create table m (x bigint not null, y bigint not null, z int, unique key k (x, z), primary key (y, x), constraint f1 foreign key (x) references a (x), constraint f2 foreign key (y) references b (y), constraint f3 foreign key (z) references b (u));
