create unlogged table u (id bigserial primary key); create table l (id bigserial primary key); create unlogged table m (id bigserial primary key);
