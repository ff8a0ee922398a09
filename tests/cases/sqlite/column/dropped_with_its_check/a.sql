create table t(id integer primary key, n text, state text check (json_valid(state) or state is null), a int check (a > 0) check (a < n));
