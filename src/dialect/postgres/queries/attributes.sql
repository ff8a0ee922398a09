select
    a.attrelid as relation,
    a.attnum::int4 as number,
    a.attname::text as name,
    format_type(a.atttypid, a.atttypmod) as type,
    case when pg_collation_is_visible(k.oid) then k.collname::text
        else quote_ident(kn.nspname) || '.' || quote_ident(k.collname) end as collation
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_collation k on k.oid = a.attcollation and a.attcollation <> t.typcollation
left join pg_namespace kn on kn.oid = k.collnamespace
where c.relkind = 'c' and c.relnamespace = any ($1)
order by a.attrelid, a.attnum
