create event f on schedule every 2 week do select 2;
