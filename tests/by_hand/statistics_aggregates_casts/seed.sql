create table t(a int not null, b int, c text);
insert into t select x, x, 'k' from generate_series(1,3) x;
