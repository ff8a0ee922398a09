-- All rights that this version knows on each kind of object: those of an owner.
select k.kind::text as kind, lower(x.privilege_type) as privilege
from unnest(array['r', 's', 'f', 'T', 'n', 'F', 'S', 'c', 'L']::"char"[]) as k (kind)
cross join lateral aclexplode(acldefault(k.kind, 10)) x
where x.grantee = 10
order by 1, 2
