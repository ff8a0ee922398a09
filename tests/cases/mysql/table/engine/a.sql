create table t (a int) engine=MyISAM;
