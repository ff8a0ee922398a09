insert into t values ('a', '{a,b}');
