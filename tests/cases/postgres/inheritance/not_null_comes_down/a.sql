create table nn(a int, constraint nb not null a no inherit); create table nnc () inherits (nn);
