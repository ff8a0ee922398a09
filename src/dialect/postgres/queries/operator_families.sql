-- A family that has a class of its own name beside it was made with that class, as far as can be seen: it is
-- `implied` by it.
select
    f.oid,
    f.opfname::text as name,
    f.opfnamespace as namespace,
    f.opfowner as owner,
    m.amname::text as method,
    coalesce((
        select c.oid
        from pg_opclass c
        where c.opcfamily = f.oid and c.opcname = f.opfname and c.opcnamespace = f.opfnamespace
    ), 0) as implied
from pg_opfamily f
join pg_am m on m.oid = f.opfmethod
where f.opfnamespace = any ($1)
order by f.oid
