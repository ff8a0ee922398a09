-- What is the case, and for all schemas what is built in: there the entry replaces that, in one schema it adds.
-- The server has S for sequences here and s in acldefault.
select
    d.oid,
    d.defaclrole as owner,
    d.defaclobjtype::text as letter,
    n.nspname::text as in_schema,
    x.actual,
    x.grantee,
    lower(x.privilege_type) as privilege,
    x.is_grantable as grantable
from pg_default_acl d
left join pg_namespace n on n.oid = d.defaclnamespace
left join lateral (
    select true as actual, (aclexplode(d.defaclacl)).*
    union all
    select false, (aclexplode(acldefault(
        case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole))).*
) x on x.actual or d.defaclnamespace = 0
order by d.oid, x.grantee, x.actual, x.privilege_type
