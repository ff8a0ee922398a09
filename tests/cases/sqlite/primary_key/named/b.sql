create table t (id integer, a text, constraint new_key primary key (id));
create table u (a int, b int, constraint u_key primary key (a, b));
