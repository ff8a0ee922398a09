create table t (a int unsigned, b int(8) zerofill, c bit(5) default b'101', d double, e year, f tinyint(1) default 0);
