-- pg_roles, as pg_authid is not for everybody.
select r.oid, r.rolname::text as name
from pg_roles r
order by r.oid
