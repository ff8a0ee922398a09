create table p(b int constraint y not null); create table k(b int not null) inherits (p);
