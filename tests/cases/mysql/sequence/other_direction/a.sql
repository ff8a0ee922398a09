create sequence s start with 5 increment by 3;
create sequence q increment by -1 minvalue -100;
