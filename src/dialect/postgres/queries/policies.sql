-- Row-level security policies.
select
    p.oid,
    p.polrelid as relation,
    p.polname::text as name,
    p.polcmd::text as command,
    p.polpermissive as is_permissive,
    p.polroles as roles,
    pg_get_expr(p.polqual, p.polrelid) as using,
    pg_get_expr(p.polwithcheck, p.polrelid) as with_check
from pg_policy p
join pg_class c on c.oid = p.polrelid
where c.relnamespace = any($1)
order by p.oid
