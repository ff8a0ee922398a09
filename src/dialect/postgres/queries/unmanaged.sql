-- What has no kind in the catalog. Whatever belongs to an extension is left out by the reader.
select 'text search parser' as noun, 'pg_ts_parser'::regclass::oid as classid, p.oid
from pg_ts_parser p where p.prsnamespace = any ($1)
union all
select 'text search template', 'pg_ts_template'::regclass, t.oid
from pg_ts_template t where t.tmplnamespace = any ($1)
union all
select 'conversion', 'pg_conversion'::regclass, c.oid
from pg_conversion c where c.connamespace = any ($1)
union all
select 'access method', 'pg_am'::regclass, m.oid
from pg_am m where m.oid >= 16384
union all
select 'language', 'pg_language'::regclass, l.oid
from pg_language l where l.oid >= 16384
union all
select 'transform', 'pg_transform'::regclass, t.oid
from pg_transform t where t.oid >= 16384
union all
select 'base type', 'pg_type'::regclass, t.oid
from pg_type t
where t.typtype = 'b' and t.typnamespace = any ($1)
    and not exists (select from pg_type e where e.typarray = t.oid)
union all
select 'shell type', 'pg_type'::regclass, t.oid
from pg_type t where not t.typisdefined and t.typnamespace = any ($1)
union all
select 'operator without a function', 'pg_operator'::regclass, o.oid
from pg_operator o where o.oprcode = 0 and o.oprnamespace = any ($1)
union all
select 'large object', 'pg_largeobject'::regclass, l.oid
from pg_largeobject_metadata l
union all
select 'security label', l.classoid, l.objoid
from pg_seclabel l
order by 1, 2, 3
