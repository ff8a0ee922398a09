insert into search (docid, a, lid) values (6, 'x', 5);
