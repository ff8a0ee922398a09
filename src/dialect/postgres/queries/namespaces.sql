-- The schemas that can hold what travels, and this session's temporary one, if it has one yet.
-- Those of the system begin with pg_; nobody else may make such.
select
    n.oid,
    n.nspname::text as name,
    n.oid = pg_my_temp_schema() as temporary
from pg_namespace n
where (n.nspname !~ '^pg_' and n.nspname <> 'information_schema') or n.oid = pg_my_temp_schema()
order by n.oid
