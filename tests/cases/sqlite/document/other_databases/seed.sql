insert into doc values (1);
delete from doc;
