create sequence s as int increment by 10;
create sequence q as tinyint unsigned maxvalue 100 start with 9;
create sequence d as smallint unsigned increment by -5;
