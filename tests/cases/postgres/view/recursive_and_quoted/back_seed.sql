insert into "T t" values (3);
