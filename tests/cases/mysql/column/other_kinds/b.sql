create table t (id int primary key, a year, b enum('x','y'), c set('x','y z'), d int, e json);
