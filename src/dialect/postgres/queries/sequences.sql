-- Sequences, with the column that owns one (a) or is numbered by it alone (i).
select
    c.oid,
    c.relnamespace as namespace,
    c.relname::text as name,
    c.relowner as owner,
    c.relpersistence::text as persistence,
    format_type(s.seqtypid, null) as type,
    s.seqstart as start,
    s.seqincrement as increment,
    s.seqmax as maximum,
    s.seqmin as minimum,
    s.seqcache as cache,
    s.seqcycle as cycle,
    d.deptype::text as owned,
    t.oid as table,
    t.relpersistence::text as table_persistence,
    a.attname::text as column,
    a.attnum as column_number
from pg_class c
join pg_sequence s on s.seqrelid = c.oid
left join pg_depend d
    on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
    and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
left join pg_class t on t.oid = d.refobjid
left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
where c.relnamespace = any($1)
order by c.oid
