-- Casts have no schema: those that initdb made have numbers below 16384 (FirstNormalObjectId). That of a range to
-- its multirange comes with the range, on which it depends by `i`.
select
    c.oid,
    format_type(c.castsource, null) || ' as ' || format_type(c.casttarget, null) as name,
    case when c.castfunc <> 0 then
        case when pg_function_is_visible(p.oid) then '' else quote_ident(n.nspname) || '.' end || quote_ident(p.proname)
            || '(' || oidvectortypes(p.proargtypes) || ')'
    end as function,
    c.castmethod::text as method,
    c.castcontext::text as context
from pg_cast c
left join pg_proc p on p.oid = c.castfunc
left join pg_namespace n on n.oid = p.pronamespace
where c.oid >= 16384
    and not exists (
        select from pg_depend d
        where d.classid = 'pg_cast'::regclass and d.objid = c.oid and d.deptype = 'i'
    )
order by c.oid
