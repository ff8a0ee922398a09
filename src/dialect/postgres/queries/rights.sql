-- What roles may do, and what they may by default, of everything whose rights were ever changed: without an ACL the
-- built-in defaults hold, also beside what is given on columns.
with object (classid, objid, objsubid, kind, owner, acl, part) as (
    select 'pg_class'::regclass, c.oid, 0, case when c.relkind = 'S' then 's' else 'r' end::"char", c.relowner, c.relacl, null
    from pg_class c
    where (c.relacl is not null or c.oid in (select a.attrelid from pg_attribute a where a.attacl is not null))
        and c.relnamespace = any ($1)
    union all
    select 'pg_class'::regclass, c.oid, a.attnum, 'c', c.relowner, a.attacl, quote_ident(a.attname)
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    where a.attacl is not null and not a.attisdropped and c.relnamespace = any ($1)
    union all
    select 'pg_proc'::regclass, p.oid, 0, 'f', p.proowner, p.proacl, null
    from pg_proc p
    where p.proacl is not null and p.pronamespace = any ($1)
    union all
    select 'pg_type'::regclass, t.oid, 0, 'T', t.typowner, t.typacl, null
    from pg_type t
    where t.typacl is not null and t.typnamespace = any ($1)
    union all
    select 'pg_namespace'::regclass, n.oid, 0, 'n', n.nspowner, n.nspacl, null
    from pg_namespace n
    where (n.nspacl is not null or n.nspname = 'public') and n.oid = any ($1)
    union all
    select 'pg_foreign_data_wrapper'::regclass, w.oid, 0, 'F', w.fdwowner, w.fdwacl, null
    from pg_foreign_data_wrapper w
    where w.fdwacl is not null
    union all
    select 'pg_foreign_server'::regclass, s.oid, 0, 'S', s.srvowner, s.srvacl, null
    from pg_foreign_server s
    where s.srvacl is not null
)
select
    o.classid::oid as classid,
    o.objid,
    o.kind::text as kind,
    o.part,
    o.owner,
    x.actual,
    x.grantee,
    lower(x.privilege_type) as privilege,
    x.is_grantable as grantable,
    -- What somebody else than the owner gave is not taken back by a REVOKE of the owner's.
    case when x.actual and x.grantor <> o.owner then x.grantor end as grantor
from object o
left join lateral (
    select true as actual, (aclexplode(coalesce(o.acl, acldefault(o.kind, o.owner)))).*
    union all
    select false, (aclexplode(acldefault(o.kind, o.owner))).*
    union all
    -- What initdb gives to everybody.
    select false, 0, 0, p, false
    from unnest(array['USAGE', 'CREATE']) as p -- before 15
    from unnest(array['USAGE']) as p -- since 15
    where o.kind = 'n' and o.objid = (select n.oid from pg_namespace n where n.nspname = 'public')
) x on true
order by o.classid, o.objid, o.objsubid, x.grantee, x.actual, x.privilege_type
