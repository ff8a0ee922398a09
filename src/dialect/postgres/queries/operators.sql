-- An operator without a function is only foretold by another one.
select
    o.oid,
    o.oprname::text as name,
    case when o.oprleft = 0 then 'none' else format_type(o.oprleft, null) end as "left",
    format_type(o.oprright, null) as "right",
    o.oprnamespace as namespace,
    o.oprowner as owner,
    o.oprcode::regproc::text as function,
    case when pg_operator_is_visible(c.oid) then c.oprname::text
        else 'operator(' || quote_ident(cn.nspname) || '.' || c.oprname || ')' end as commutator,
    case when pg_operator_is_visible(g.oid) then g.oprname::text
        else 'operator(' || quote_ident(gn.nspname) || '.' || g.oprname || ')' end as negator,
    nullif(o.oprrest::regproc::text, '-') as restrict,
    nullif(o.oprjoin::regproc::text, '-') as join,
    o.oprcanhash as hashes,
    o.oprcanmerge as merges
from pg_operator o
left join pg_operator c on c.oid = o.oprcom
left join pg_namespace cn on cn.oid = c.oprnamespace
left join pg_operator g on g.oid = o.oprnegate
left join pg_namespace gn on gn.oid = g.oprnamespace
where o.oprcode <> 0 and o.oprnamespace = any ($1)
order by o.oid
