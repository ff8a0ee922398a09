-- The sessions of this database that hold a lock on a relation, or on any where none is given.
select
    a.pid::text as pid,
    coalesce(a.usename::text, 'somebody') as role,
    coalesce(a.application_name, '') as application,
    coalesce(extract(epoch from clock_timestamp() - a.xact_start)::bigint, 0)::text as seconds,
    coalesce(left(a.query, 80), '') as query
from pg_stat_activity a
where
    a.datname = current_database()
    and a.pid <> pg_backend_pid()
    and exists (
        select from pg_locks l
        where
            l.pid = a.pid
            and l.granted
            and l.relation >= 16384
            and ($1::text is null or l.relation = to_regclass($1))
    )
order by a.xact_start, a.pid
