create table `u``u` (id int primary key);
create table `odd ``name``` (id int primary key, t int, s int, constraint `fk ``of``` foreign key (t) references `u``u` (id), constraint `check ``of``` check (s > 0));
