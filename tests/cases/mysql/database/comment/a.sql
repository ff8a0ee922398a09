alter database comment 'it''s'; create table t (id int primary key);
