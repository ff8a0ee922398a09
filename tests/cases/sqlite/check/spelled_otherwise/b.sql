create table t (a int, b text, check (a > 0 and /* one of two */ b in ('x', 'y')));
