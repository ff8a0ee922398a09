-- The operators and functions of families that are not built in. `class` is the operator class that holds one
-- firmly: the server keeps many of a class loosely, by the family alone (amadjustmembers).
select
    'pg_amop'::regclass::oid as classid,
    a.oid,
    a.amopfamily as family,
    a.amopstrategy::int4 as number,
    a.amoplefttype as "left",
    a.amoprighttype as "right",
    coalesce(d.refobjid, 0) as class,
    format_type(a.amoplefttype, null) || ', ' || format_type(a.amoprighttype, null) as types,
    case when pg_operator_is_visible(o.oid) then '' else quote_ident(n.nspname) || '.' end || o.oprname as what,
    case when pg_opfamily_is_visible(s.oid) then '' else quote_ident(sn.nspname) || '.' end || quote_ident(s.opfname) as sort_family
from pg_amop a
join pg_operator o on o.oid = a.amopopr
join pg_namespace n on n.oid = o.oprnamespace
left join pg_opfamily s on s.oid = a.amopsortfamily
left join pg_namespace sn on sn.oid = s.opfnamespace
left join pg_depend d on d.classid = 'pg_amop'::regclass and d.objid = a.oid
    and d.refclassid = 'pg_opclass'::regclass and d.deptype = 'i'
where a.oid >= 16384
union all
select
    'pg_amproc'::regclass::oid,
    a.oid,
    a.amprocfamily,
    a.amprocnum::int4,
    a.amproclefttype,
    a.amprocrighttype,
    coalesce(d.refobjid, 0),
    format_type(a.amproclefttype, null) || ', ' || format_type(a.amprocrighttype, null),
    case when pg_function_is_visible(p.oid) then '' else quote_ident(n.nspname) || '.' end || quote_ident(p.proname)
        || '(' || oidvectortypes(p.proargtypes) || ')',
    null
from pg_amproc a
join pg_proc p on p.oid = a.amproc
join pg_namespace n on n.oid = p.pronamespace
left join pg_depend d on d.classid = 'pg_amproc'::regclass and d.objid = a.oid
    and d.refclassid = 'pg_opclass'::regclass and d.deptype = 'i'
where a.oid >= 16384
order by 1, 3, 4, 8
