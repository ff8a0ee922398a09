create table p (id integer primary key);
create table c (a int, b int, d int, constraint old foreign key (a) references p (id), foreign key (b) references p (id), constraint kept foreign key (d) references p (id));
