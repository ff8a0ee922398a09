create table p(b int); create table k(b int) inherits (p);
