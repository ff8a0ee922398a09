create table p (id int primary key); create table c (id int primary key, p_id int not null, constraint c_p foreign key (p_id) references p (id) on delete cascade);
