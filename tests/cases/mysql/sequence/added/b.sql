create sequence s start with 10 increment by 5 maxvalue 1000 cache 7 cycle;
