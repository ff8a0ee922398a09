create table post(id int primary key, k text); create table other(id int primary key);
