select
    c.oid,
    c.opcname::text as name,
    c.opcnamespace as namespace,
    c.opcowner as owner,
    m.amname::text as method,
    c.opcfamily as family_oid,
    c.opcintype as type_oid,
    format_type(c.opcintype, null) as type,
    c.opcdefault as "default",
    case when f.opfname <> c.opcname or f.opfnamespace <> c.opcnamespace then
        case when pg_opfamily_is_visible(f.oid) then '' else quote_ident(n.nspname) || '.' end || quote_ident(f.opfname)
    end as family,
    case when c.opckeytype <> 0 and c.opckeytype <> c.opcintype then format_type(c.opckeytype, null) end as storage
from pg_opclass c
join pg_am m on m.oid = c.opcmethod
join pg_opfamily f on f.oid = c.opcfamily
join pg_namespace n on n.oid = f.opfnamespace
where c.opcnamespace = any ($1)
order by c.oid
