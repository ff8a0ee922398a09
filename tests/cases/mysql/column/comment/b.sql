create table t (a int comment 'it''s \\ "two"; -- x');
