create table nn(a int, constraint nb not null a); create table nnc () inherits (nn);
