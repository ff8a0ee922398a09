create table t (id int primary key, a int, b text); create procedure p(inout n int, m text default 'x') language plpgsql as $$begin n := n + 1; end$$; comment on procedure p is 'adds';
