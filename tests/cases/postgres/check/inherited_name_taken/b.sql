create table p(a int, constraint c check (a > 0) no inherit); create table k(constraint c check (a > 1)) inherits (p);
