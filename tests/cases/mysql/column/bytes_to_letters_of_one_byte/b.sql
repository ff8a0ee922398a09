create table t (id int primary key, v varchar(20) character set latin1 collate latin1_swedish_ci, b text character set latin1 collate latin1_swedish_ci)
