select
    p.oid,
    p.proname::text as name,
    array(select format_type(x.type, null) from unnest(p.proargtypes) with ordinality as x (type, at) order by x.at) as types,
    p.pronamespace as namespace,
    p.proowner as owner,
    p.provariadic <> 0 as variadic,
    a.aggkind::text as kind,
    a.aggnumdirectargs::int4 as direct,
    pg_get_function_arguments(p.oid) as arguments,
    p.proparallel::text as parallel,
    a.aggtransfn::regproc::text as sfunc,
    format_type(a.aggtranstype, null) as stype,
    a.aggtransspace as sspace,
    nullif(a.aggfinalfn::regproc::text, '-') as finalfunc,
    a.aggfinalextra as finalfunc_extra,
    a.aggfinalmodify::text as finalfunc_modify,
    nullif(a.aggcombinefn::regproc::text, '-') as combinefunc,
    nullif(a.aggserialfn::regproc::text, '-') as serialfunc,
    nullif(a.aggdeserialfn::regproc::text, '-') as deserialfunc,
    a.agginitval as initcond,
    nullif(a.aggmtransfn::regproc::text, '-') as msfunc,
    nullif(a.aggminvtransfn::regproc::text, '-') as minvfunc,
    case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end as mstype,
    a.aggmtransspace as msspace,
    nullif(a.aggmfinalfn::regproc::text, '-') as mfinalfunc,
    a.aggmfinalextra as mfinalfunc_extra,
    a.aggmfinalmodify::text as mfinalfunc_modify,
    a.aggminitval as minitcond,
    case when pg_operator_is_visible(o.oid) then o.oprname::text
        else 'operator(' || quote_ident(n.nspname) || '.' || o.oprname || ')' end as sortop
from pg_aggregate a
join pg_proc p on p.oid = a.aggfnoid
left join pg_operator o on o.oid = a.aggsortop
left join pg_namespace n on n.oid = o.oprnamespace
where p.pronamespace = any ($1)
    -- It could not be told from the types behind a name.
    and position('(' in p.proname) = 0
order by p.oid
