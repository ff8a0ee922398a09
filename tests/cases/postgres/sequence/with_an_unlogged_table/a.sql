create table startup (id bigserial primary key, x int);
