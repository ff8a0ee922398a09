create table z (id int constraint b_pkey primary key, up int references z); create table b (id int constraint z_pkey primary key); create table c (id int constraint k2 primary key);
