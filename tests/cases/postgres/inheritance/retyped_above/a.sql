create function twice(int) returns int language sql immutable return $1 * 2;
create function noop() returns trigger language plpgsql as $$ begin return new; end $$;
create table base (id int, a text); create table child (b int) inherits (base);
create trigger watch before insert on child for each row when (new.id > 3) execute function noop();
create view seen as select id, b from child;
create policy own on child using (id > 0);
create index "some" on child (b) where twice(id) > 4;
