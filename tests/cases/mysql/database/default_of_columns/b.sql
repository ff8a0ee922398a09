create table t (a varchar(9) character set latin1 collate latin1_bin, b varchar(9));
