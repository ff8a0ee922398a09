-- Types that come with something else: the row type of a relation, the array of a type.
select t.oid, t.typrelid as relation, 0::oid as element
from pg_type t
where t.typrelid <> 0 and t.typnamespace = any ($1)
union all
select t.typarray, t.typrelid, t.oid
from pg_type t
where t.typarray <> 0 and t.typnamespace = any ($1)
order by 3, 1
