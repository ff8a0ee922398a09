create table par (id int primary key); create table kid () inherits (par); create table other (id int primary key); create publication p for table only par where (id > 0), other;
