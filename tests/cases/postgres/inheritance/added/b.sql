create table base (id int, a text, check (id > 0)); create table child (id int, a text, b int, constraint base_id_check check (id > 0)); alter table child inherit base;
