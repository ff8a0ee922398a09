create table t (e enum('a','c'), s set('x','y'));
