create table doc(a int);
