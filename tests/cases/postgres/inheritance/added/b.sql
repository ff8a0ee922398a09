create table base (id int, a text, check (id > 0)); create table child (b int) inherits (base);
