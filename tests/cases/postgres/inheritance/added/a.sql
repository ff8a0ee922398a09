create table base (id int, a text); create table child (id int, a text, b int);
