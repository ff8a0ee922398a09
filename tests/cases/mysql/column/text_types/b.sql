create table t (a mediumtext, b longblob, c varbinary(9), d char(3) character set ascii, e tinytext);
