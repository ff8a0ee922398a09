-- The comment that an extension brings along is not anybody's.
select d.classoid as classid, d.objoid as objid, d.objsubid, d.description
from pg_description d
left join pg_extension e on e.oid = d.objoid and d.classoid = 'pg_extension'::regclass
where d.objoid >= 16384 and d.description <> ''
    and not exists (
        select from pg_available_extensions() a (name, default_version, comment)
        where a.name = e.extname and a.comment = d.description
    )
union all
select d.classoid, d.objoid, d.objsubid, d.description
from pg_description d
where d.classoid = 'pg_namespace'::regclass and d.objoid = any ($1) and d.objoid < 16384
    and d.description <> 'standard public schema'
order by 1, 2, 3
