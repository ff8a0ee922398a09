create sequence s increment by -2;
create sequence q start with 7;
