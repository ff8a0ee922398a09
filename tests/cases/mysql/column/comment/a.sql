create table t (a int comment 'one');
