create table `u``u` (id int primary key);
create table `odd ``name``` (id int primary key, t int, s int, constraint `fk ``of``` foreign key (t) references `u``u` (id) on delete cascade, constraint `x``y` foreign key (s) references `u``u` (id));
