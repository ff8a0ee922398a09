-- The columns and expressions of indexes, those of constraints too. An operator class is given where it is not what
-- the access method takes for the type by itself, or has parameters; of several defaults that fit, the one of exactly
-- the type is it. A collation is given where it is not the column's; of an expression's only the server knows whether
-- one was written, as its own collation stands nowhere: where it is not the type's, the definition is searched for it.
select
    i.indexrelid as index,
    a.attname::text as index_column,
    a.attnum > i.indnkeyatts as is_included,
    col.attname::text as column,
    case when col.attnum is null then pg_get_indexdef(i.indexrelid, a.attnum, false) end as expression,
    coalesce(i.indoption[a.attnum - 1], 0::int2) as flags,
    case when oc.oid is null then null
        when a.attoptions is null and oc.opcdefault and (
            oc.opcintype = kt.base or oc.opckeytype <> 0 and col.attnum is null or not exists (
                select from pg_opclass o
                where o.opcmethod = oc.opcmethod and o.opcdefault and o.opcintype = kt.base
            )
        ) then null
        when pg_opclass_is_visible(oc.oid) then quote_ident(oc.opcname)
        else quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) end as opclass,
    a.attoptions as opclass_options,
    case when co.oid is null then null
        when col.attnum is null and position(
            pg_get_indexdef(i.indexrelid, a.attnum, false) || ' COLLATE ' || case when pg_collation_is_visible(co.oid) then '' else quote_ident(con.nspname) || '.' end
                || quote_ident(co.collname) in pg_get_indexdef(i.indexrelid)) = 0 then null
        when pg_collation_is_visible(co.oid) then co.collname::text
        else quote_ident(con.nspname) || '.' || quote_ident(co.collname) end as collation,
    am.amname = 'btree' as is_ordered
from pg_index i
join pg_class ic on ic.oid = i.indexrelid
join pg_am am on am.oid = ic.relam
join pg_attribute a on a.attrelid = i.indexrelid and a.attnum > 0
left join pg_attribute col on col.attrelid = i.indrelid and col.attnum = i.indkey[a.attnum - 1] and col.attnum > 0
join pg_type t on t.oid = coalesce(col.atttypid, a.atttypid)
cross join lateral (select case when t.typtype = 'd' then t.typbasetype else t.oid end as base) kt
left join pg_opclass oc on oc.oid = i.indclass[a.attnum - 1] and a.attnum <= i.indnkeyatts
left join pg_namespace ocn on ocn.oid = oc.opcnamespace
left join pg_collation co
    on co.oid = i.indcollation[a.attnum - 1] and a.attnum <= i.indnkeyatts
    and co.oid <> coalesce(col.attcollation, t.typcollation)
left join pg_namespace con on con.oid = co.collnamespace
where ic.relnamespace = any($1)
order by i.indexrelid, a.attnum
