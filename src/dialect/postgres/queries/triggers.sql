-- Triggers that people made; not those that foreign keys and partitions bring along. A condition names OLD and NEW,
-- so it is only to be had from the whole definition.
select
    t.oid,
    t.tgrelid as relation,
    t.tgname::text as name,
    t.tgtype as flags,
    t.tgenabled::text as enabled,
    t.tgconstraint as constraint,
    t.tgdeferrable as deferrable,
    t.tginitdeferred as deferred,
    t.tgconstrrelid as from,
    t.tgoldtable::text as old_table,
    t.tgnewtable::text as new_table,
    t.tgattr::int2[] as columns,
    pg_get_triggerdef(t.oid) as definition
from pg_trigger t
join pg_class c on c.oid = t.tgrelid
where c.relnamespace = any($1) and not t.tgisinternal and t.tgparentid = 0
order by t.oid
