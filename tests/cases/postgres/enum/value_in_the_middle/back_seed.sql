insert into t values ('happy');
