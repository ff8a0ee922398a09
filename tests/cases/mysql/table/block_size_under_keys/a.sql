create table p (id int primary key); create table t (id int, r int, key i (id), key r_key (r), constraint f foreign key (r) references p (id)) row_format=compressed key_block_size=8;
