create table c(id text primary key);
create table i(cid text, d int, constraint i_fk foreign key (cid) references c(id)) partition by range (d);
create table i1 partition of i for values from (0) to (10);
