create table p (id int primary key); create table t (id int, r int, key i (id), key r_key (r), constraint f foreign key (r) references p (id));
