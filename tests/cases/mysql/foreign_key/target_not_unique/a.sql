create table t (id int primary key auto_increment, a int not null, key (a)); create table c (x int, constraint fk foreign key (x) references t (id));
