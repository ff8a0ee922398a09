create table t (a int, b int, c varchar(20), d enum('x', 'Y', 'z'), e set('p', 'q'), f decimal(8,2), g varchar(20), h varchar(9));
