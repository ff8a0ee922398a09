create table t(a int) engine=aria; create table u(a int) engine=aria transactional=1; create table v(a int) engine=aria transactional=1;
