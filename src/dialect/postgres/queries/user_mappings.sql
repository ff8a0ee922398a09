-- The view shows the options to few only, and does not say whether it hid them: the condition is its own.
select
    u.umid as oid,
    u.srvid as server,
    case when u.umuser = 0 then 'public' else u.usename::text end as role,
    u.umoptions as options,
    u.umoptions is not null
        or (u.umuser <> 0 and u.usename = current_user and (
            pg_has_role(s.srvowner, 'usage') or has_server_privilege(s.oid, 'usage')))
        or (u.umuser = 0 and pg_has_role(s.srvowner, 'usage'))
        or (select r.rolsuper from pg_roles r where r.rolname = current_user) as readable
from pg_user_mappings u
join pg_foreign_server s on s.oid = u.srvid
order by u.umid
