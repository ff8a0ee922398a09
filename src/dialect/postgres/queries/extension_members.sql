-- What belongs to extensions, with the array types of their types and the row types of their tables, which
-- the server does not list but to which other objects refer.
with member as (
    select d.classid, d.objid, e.extname::text as extension
    from pg_depend d
    join pg_extension e on e.oid = d.refobjid
    where d.refclassid = 'pg_extension'::regclass and d.deptype = 'e'
)
select m.classid, m.objid, m.extension from member m
union
select m.classid, t.typarray, m.extension
from member m join pg_type t on t.oid = m.objid
where m.classid = 'pg_type'::regclass and t.typarray <> 0
union
select 'pg_type'::regclass, t.oid, m.extension
from member m
join pg_class c on c.oid = m.objid
join pg_type r on r.oid = c.reltype
join pg_type t on t.oid in (r.oid, r.typarray)
where m.classid = 'pg_class'::regclass
order by 1, 2
