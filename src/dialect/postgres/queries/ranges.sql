-- An operator class counts where it is not the default one. The multirange type is named by the server unless it
-- was told how.
select
    t.oid,
    t.typname::text as name,
    t.typnamespace as namespace,
    t.typowner as owner,
    r.rngmultitypid as multirange_oid,
    m.typarray as multirange_array,
    m.typname::text as multirange,
    format_type(r.rngsubtype, null) as subtype,
    case when not o.opcdefault then
        case when pg_opclass_is_visible(o.oid) then '' else quote_ident(n.nspname) || '.' end || quote_ident(o.opcname)
    end as opclass,
    case when pg_collation_is_visible(c.oid) then c.collname::text
        else quote_ident(cn.nspname) || '.' || quote_ident(c.collname) end as collation,
    nullif(r.rngcanonical::regproc::text, '-') as canonical,
    nullif(r.rngsubdiff::regproc::text, '-') as subtype_diff
from pg_range r
join pg_type t on t.oid = r.rngtypid
join pg_type m on m.oid = r.rngmultitypid
join pg_type s on s.oid = r.rngsubtype
join pg_opclass o on o.oid = r.rngsubopc
join pg_namespace n on n.oid = o.opcnamespace
left join pg_collation c on c.oid = r.rngcollation and r.rngcollation <> s.typcollation
left join pg_namespace cn on cn.oid = c.collnamespace
where t.typnamespace = any ($1)
order by t.oid
