create table `odd ``name``` (id int primary key, n int);
