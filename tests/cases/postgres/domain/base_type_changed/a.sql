create domain amount as int check (value > 0); create table t (a amount);
