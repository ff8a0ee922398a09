create domain email as text default 'a@b' not null constraint has_at check (value like '%_@_%'); create table t (e email);
