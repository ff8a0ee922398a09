-- A collation counts where it is not that of the type underneath.
select
    t.oid,
    t.typname::text as name,
    t.typnamespace as namespace,
    t.typowner as owner,
    format_type(t.typbasetype, t.typtypmod) as type,
    coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) as "default",
    t.typnotnull as not_null,
    case when pg_collation_is_visible(c.oid) then c.collname::text
        else quote_ident(cn.nspname) || '.' || quote_ident(c.collname) end as collation
from pg_type t
join pg_type b on b.oid = t.typbasetype
left join pg_collation c on c.oid = t.typcollation and t.typcollation <> b.typcollation
left join pg_namespace cn on cn.oid = c.collnamespace
where t.typtype = 'd' and t.typnamespace = any ($1)
order by t.oid
