select
    t.oid,
    t.typname::text as name,
    t.typnamespace as namespace,
    t.typowner as owner,
    array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder) as "values"
from pg_type t
where t.typtype = 'e' and t.typnamespace = any ($1)
order by t.oid
