create table t (a int check (a > 0) no inherit, b text, constraint "odd; 'name" check (b <> 'it''s; -- "') ); alter table t add constraint late check (a < 9) not valid;
