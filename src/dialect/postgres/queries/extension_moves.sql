-- What of some extensions the objects of others refer to, by its name: the types of columns, the functions and
-- operators of expressions, the operator classes of indexes.
with member as (
    select e.extname::text as extension, d.classid, d.objid
    from pg_extension e
    join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e'
    where e.extname in (/* names */)
), known as (
    select m.extension, m.classid, m.objid, m.objid as by from member m
    union all
    -- An array is referred to on its own, and is named by its elements.
    select m.extension, m.classid, m.objid, t.typarray
    from member m join pg_type t on t.oid = m.objid
    where m.classid = 'pg_type'::regclass and t.typarray <> 0
)
select distinct k.extension, n.kind, n.name
from known k
cross join lateral (
    select 'type', t.typname::text from pg_type t where k.classid = 'pg_type'::regclass and t.oid = k.objid
    union all
    select 'function', p.proname::text from pg_proc p where k.classid = 'pg_proc'::regclass and p.oid = k.objid
    union all
    select 'operator', o.oprname::text from pg_operator o where k.classid = 'pg_operator'::regclass and o.oid = k.objid
    union all
    select 'operator class', c.opcname::text from pg_opclass c where k.classid = 'pg_opclass'::regclass and c.oid = k.objid
    union all
    select 'table', c.relname::text from pg_class c where k.classid = 'pg_class'::regclass and c.oid = k.objid
) n (kind, name)
where exists (
    select from pg_depend d
    where d.refclassid = k.classid and d.refobjid = k.by and d.deptype <> 'i'
        and d.classid not in ('pg_amop'::regclass, 'pg_amproc'::regclass)
        and not exists (select from member o where o.classid = d.classid and o.objid = d.objid)
)
order by 1, 2, 3
