-- The extensions. plpgsql is in every new database and is never dropped, so it is no object.
select
    e.oid,
    e.extname::text as name,
    e.extowner as owner,
    n.nspname::text as in_schema,
    e.extversion as version,
    not e.extrelocatable as is_fixed,
    a.comment as own_comment
from pg_extension e
join pg_namespace n on n.oid = e.extnamespace
left join pg_available_extensions() a (name, default_version, comment) on a.name = e.extname
where e.extname <> 'plpgsql'
order by e.oid
