create table t (id int primary key, kept enum('1','2') not null, placed enum('2','1','0') not null, listed set('x','y') not null, bits enum('2','1') not null);
