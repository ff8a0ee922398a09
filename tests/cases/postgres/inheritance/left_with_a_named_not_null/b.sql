create table p1(a int not null, f2 text); create table c1(f4 int, a int constraint xx not null, f2 text);
