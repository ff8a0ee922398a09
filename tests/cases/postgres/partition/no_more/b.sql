create table x(k int primary key, v text);
