create table o(id int, total int check (total > 0));
