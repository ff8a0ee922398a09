create procedure p(in a int, out b varchar(10), inout c decimal(5,2)) reads sql data sql security invoker comment 'it''s' begin set b = 'x'; select c; end;
