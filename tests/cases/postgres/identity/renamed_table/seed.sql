insert into person default values;
