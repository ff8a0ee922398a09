create table t (id int primary key, a int, b text); create index i on t ((a + 1)); comment on index i is 'why'; alter index i alter column 1 set statistics 50; alter table t cluster on i;
