insert into t(id, x) values (1, 'q'), (2, 'w');
