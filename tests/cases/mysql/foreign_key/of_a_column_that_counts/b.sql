create table p (id bigint primary key auto_increment);
create table c (x bigint not null, constraint f foreign key (x) references p (id));
