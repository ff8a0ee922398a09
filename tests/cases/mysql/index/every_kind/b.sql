create table t (a int, b varchar(50), key k (b(10), a desc) comment 'it''s');
