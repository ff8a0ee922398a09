create table item (id bigint, a text) partition by list (id); create table part partition of item for values in (1);
