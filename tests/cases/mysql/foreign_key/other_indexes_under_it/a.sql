create table a (x bigint primary key);
create table b (y bigint primary key, u int, unique key u (u));
create table m (x bigint not null, y bigint not null, z int, key k (x), constraint f1 foreign key (x) references a (x), constraint f2 foreign key (y) references b (y), constraint f3 foreign key (z) references b (u));
