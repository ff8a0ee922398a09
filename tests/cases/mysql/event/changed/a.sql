create event e on schedule every 1 day do set @a = 1;
