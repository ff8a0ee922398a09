select
    t.oid,
    t.typrelid as relation,
    t.typname::text as name,
    t.typnamespace as namespace,
    t.typowner as owner
from pg_type t
join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
where t.typtype = 'c' and t.typnamespace = any ($1)
order by t.oid
