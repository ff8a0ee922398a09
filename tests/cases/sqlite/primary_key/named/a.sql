create table t (id integer, a text, constraint old_key primary key (id));
create table u (a int, b int, primary key (a, b));
