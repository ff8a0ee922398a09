create table t (a tinyint, b int unsigned, c int, d enum('x', 'Y'), e set('p'), f decimal(4,2), g json, h varchar(9) character set latin1);
