create table t (e enum('a','b','c','it''s'), s set('x','y','z'));
