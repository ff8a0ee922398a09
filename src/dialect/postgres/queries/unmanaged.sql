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
-- With no catalog: the built-in PL/pgSQL is an extension's.
select 'language with an owner, a comment or privileges of its own', 0::oid, l.oid
from pg_language l
left join pg_init_privs i on i.classoid = 'pg_language'::regclass and i.objoid = l.oid and i.objsubid = 0
left join pg_depend d on d.classid = 'pg_language'::regclass and d.objid = l.oid and d.deptype = 'e'
where (l.oid < 16384 or d.objid is not null) and l.lanacl is distinct from i.initprivs
    or l.oid < 16384 and (
        l.lanowner <> 10
        or obj_description(l.oid, 'pg_language') is distinct from case l.lanname
            when 'internal' then 'built-in functions'
            when 'c' then 'dynamically-loaded C functions'
            when 'sql' then 'SQL-language functions'
            when 'plpgsql' then 'PL/pgSQL procedural language'
        end
    )
union all
select 'routine with a parenthesis in its name', 'pg_proc'::regclass, p.oid
from pg_proc p where p.pronamespace = any ($1) and position('(' in p.proname) > 0
union all
-- The state of a partition's trigger that the trigger of its parent made.
select 'partition trigger with a state of its own', 0::oid, t.oid
from pg_trigger t
join pg_trigger above on above.oid = t.tgparentid
join pg_class c on c.oid = t.tgrelid
where t.tgparentid <> 0 and c.relnamespace = any ($1) and t.tgenabled <> above.tgenabled
union all
select 'materialized view with settings of its columns', 'pg_class'::regclass, v.oid
from pg_class v where v.relkind = 'm' and v.relnamespace = any ($1)
and exists (
    select from pg_attribute a join pg_type t on t.oid = a.atttypid
    where a.attrelid = v.oid and a.attnum > 0 and not a.attisdropped
        and (a.attstattarget >= 0 or a.attoptions is not null or a.attstorage <> t.typstorage or a.attcompression <> '')
)
union all
select 'identity sequence with privileges or a comment of its own', 'pg_class'::regclass, c.oid
from (
    select s.oid from pg_class s
    where s.relkind = 'S' and s.relnamespace = any ($1) and s.relacl is distinct from acldefault('s', s.relowner)
        and s.relacl is not null
    union
    select s.oid from pg_description t join pg_class s on s.oid = t.objoid
    where t.classoid = 'pg_class'::regclass and t.objsubid = 0 and s.relkind = 'S' and s.relnamespace = any ($1)
) c
join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i'
    and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
union all
select 'statistics object with an owner of its own', 'pg_statistic_ext'::regclass, s.oid
from pg_statistic_ext s
join pg_class c on c.oid = s.stxrelid
where c.relnamespace = any ($1) and s.stxowner <> c.relowner
union all
-- ALTER ... DEPENDS ON EXTENSION.
select 'object with an extension that it goes with', 0::oid, d.objid
from pg_depend d
where d.deptype = 'x' and d.refclassid = 'pg_extension'::regclass
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
union all
-- Of an expression; columns have theirs of their own.
select 'index with a statistics target', 'pg_class'::regclass, i.oid
from pg_index x join pg_class i on i.oid = x.indexrelid
where x.indexprs is not null and i.relnamespace = any ($1)
and exists (select 1 from pg_attribute a where a.attrelid = x.indexrelid and a.attstattarget >= 0 offset 0)
union all
-- With no catalog, as the reader leaves out what belongs to extensions. See member_rights.sql for the others.
select 'extension member with privileges of its own', 0::oid, o.oid
from (
    select 'pg_class'::regclass::oid as classid, c.oid, c.relacl as acl, c.relnamespace as namespace from pg_class c
    union all
    select 'pg_proc'::regclass, p.oid, p.proacl, case p.prokind when 'a' then 0 else p.pronamespace end from pg_proc p
    union all
    select 'pg_type'::regclass, t.oid, t.typacl, case when t.typtype in ('e', 'c', 'd', 'r') then t.typnamespace else 0 end
    from pg_type t
) o
-- By the index, whatever the statistics: those of a catalog that has just grown may say that it is empty.
cross join lateral (
    select d.refobjid from pg_depend d where d.classid = o.classid and d.objid = o.oid and d.deptype = 'e' offset 0
) d
join pg_extension e on e.oid = d.refobjid and e.extnamespace <> o.namespace
left join pg_init_privs i on i.classoid = o.classid and i.objoid = o.oid and i.objsubid = 0
where o.acl is not null and o.acl is distinct from i.initprivs
order by 1, 2, 3
