create table z (id int constraint z_pkey1 primary key); create table b (id int constraint z_pkey primary key);
