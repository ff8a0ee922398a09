insert into contact default values;
