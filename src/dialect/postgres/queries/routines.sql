-- Functions and procedures; the constructors of ranges depend on their type by `i` and are no objects.
-- A cost and a number of rows count where they are not what CREATE FUNCTION gives.
select
    p.oid,
    p.proname::text as name,
    oidvectortypes(p.proargtypes) as types,
    p.pronamespace as namespace,
    p.proowner as owner,
    p.prokind::text as kind,
    constructed.type as constructs,
    pg_get_function_arguments(p.oid) as arguments,
    pg_get_function_result(p.oid) as returns,
    l.lanname::text as language,
    case when p.prosqlbody is not null then pg_get_function_sqlbody(p.oid) end as sql_body,
    p.prosrc as source,
    p.probin as library,
    p.proisstrict as strict,
    p.proleakproof as leakproof,
    case when p.procost <> case when l.lanname in ('internal', 'c') then 1 else 100 end then p.procost::text end as cost,
    case when p.prorows <> case when p.proretset then 1000 else 0 end then p.prorows::text end as rows,
    nullif(p.prosupport::regproc::text, '-') as support,
    p.proconfig as set,
    array(select format_type(x.type, null) from unnest(p.protrftypes) with ordinality as x (type, at) order by x.at) as transform,
    p.provolatile::text as volatility,
    p.proparallel::text as parallel,
    p.prosecdef as definer
from pg_proc p
join pg_language l on l.oid = p.prolang
left join lateral (
    select d.refobjid as type
    from pg_depend d
    where d.classid = 'pg_proc'::regclass and d.objid = p.oid
        and d.refclassid = 'pg_type'::regclass and d.deptype = 'i'
    limit 1
) constructed on true
where p.prokind in ('f', 'w', 'p') and p.pronamespace = any ($1)
    -- It could not be told from the types behind a name.
    and position('(' in p.proname) = 0
order by p.oid
