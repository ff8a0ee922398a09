-- Statistics objects.
select
    s.oid,
    s.stxrelid as relation,
    s.stxname::text as name,
    s.stxnamespace as namespace,
    c.relnamespace as table_namespace,
    s.stxkind::text[] as kinds,
    nullif(s.stxstattarget, -1)::int4 as statistics_target,
    array(
        select a.attname::text
        from unnest(s.stxkeys::int2[]) with ordinality as k (number, position)
        join pg_attribute a on a.attrelid = s.stxrelid and a.attnum = k.number
        order by k.position
    ) as columns,
    case when s.stxexprs is not null then pg_get_statisticsobjdef_expressions(s.oid) end as expressions
from pg_statistic_ext s
join pg_class c on c.oid = s.stxrelid
where c.relnamespace = any($1)
order by s.oid
