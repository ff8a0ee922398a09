create table item (id int primary key, up int) partition by range (id);
create table a partition of item for values from (1) to (9); create table b partition of item default;
create table note (id int, item int);
alter table item add constraint "refers" foreign key (up) references item (id);
alter table note add constraint "refers" foreign key (item) references item (id);
