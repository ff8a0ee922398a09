create table p (id int primary key); create table c (id int primary key, p_id int, constraint c_p foreign key (p_id) references p (id) on delete set null);
