create table c(key int primary key, id text not null unique);
create table i(cid text, d int, constraint i_fk foreign key (cid) references c(id)) partition by list (cid);
create table i1 partition of i for values in ('a');
