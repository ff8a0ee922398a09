create table p (id int primary key);
create table c (id int primary key, constraint f1 foreign key (id) references p (id));
