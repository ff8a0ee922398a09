create table par (id int primary key); create table kid () inherits (par); create table other (id int primary key); create publication p for table par where (id > 1);
