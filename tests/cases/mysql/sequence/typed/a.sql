create sequence s as int;
create sequence q as tinyint unsigned;
create sequence d as smallint unsigned increment by -1;
