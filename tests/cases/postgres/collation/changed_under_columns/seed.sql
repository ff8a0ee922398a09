insert into t values (1, 'ä', 'b', 'c', 'd'), (2, 'z', 'e', 'f', 'g');
