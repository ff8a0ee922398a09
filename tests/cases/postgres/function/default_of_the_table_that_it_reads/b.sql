create table item (id int primary key, n bigint);
create table other (id int primary key, n bigint);
create function total() returns bigint language sql stable return (select count(*) from item);
create function others() returns bigint language sql stable as $$ select count(*) + total() from public.other $$;
alter table item alter n set default total();
alter table other alter n set default others(), add check (others() >= 0);
