create table p (a int, b int, primary key (a, b)); create table t (x int, y int, foreign key (x, y) references p match full on delete set null (y) on update cascade deferrable initially deferred);
