insert into search (title, body) values ('a', 'running');
