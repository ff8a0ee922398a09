-- The schemas. `public` is always there, so it counts only where something of it is not as it was made:
-- its owner (since 15 pg_database_owner, before it the role of initdb) or its comment.
select
    n.oid,
    n.nspname::text as name,
    n.nspowner as owner,
    n.nspname = 'public' as public,
    n.nspname <> 'public'
        or n.nspowner <> 6171 -- since 15
        or n.nspowner <> 10 -- before 15
        or coalesce(d.description, 'standard public schema') <> 'standard public schema' as counts
from pg_namespace n
left join pg_description d on d.classoid = 'pg_namespace'::regclass and d.objoid = n.oid and d.objsubid = 0
where n.oid = any ($1) and n.oid <> pg_my_temp_schema()
order by n.oid
