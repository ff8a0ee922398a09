create table t (id int primary key, a int, b text); create index i on t ((a + 1)); comment on index i is 'why'; alter table t cluster on i;
