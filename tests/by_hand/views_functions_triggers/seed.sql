create table t(id int primary key, total numeric(10,2) not null, note text, st text not null default 'open');
insert into t values (1, 10.5, 'x', 'open'), (2, 20, null, 'paid');
