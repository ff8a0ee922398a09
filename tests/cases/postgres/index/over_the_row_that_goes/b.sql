create table ft(a int);
