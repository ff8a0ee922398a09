insert into search (search, rank) values ('rank', 'bm25(10.0)'), ('pgsz', 64);
