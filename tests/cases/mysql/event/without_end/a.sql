create event e on schedule every 1 day starts '2035-01-01 00:00:00' ends '2037-01-01 00:00:00' do set @a = 1;
