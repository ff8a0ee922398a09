create unlogged table logs (id bigint primary key); create unlogged sequence startup_id_seq owned by logs.id; alter table logs alter id set default nextval('startup_id_seq');
