create sequence s as int increment 5 minvalue 5 maxvalue 500 start 10 cache 3 cycle;
