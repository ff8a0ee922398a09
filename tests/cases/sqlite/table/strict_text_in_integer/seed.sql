insert into t values (1, 10), (2, 'ten'), (3, 'eleven');
