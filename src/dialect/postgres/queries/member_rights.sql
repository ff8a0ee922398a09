-- What roles may do with members of extensions whose rights were ever changed, by the extension itself too, and what they
-- had when it was made. Only what has a name in the extension's schema, or none.
with member (extension, extnamespace, classid, objid) as (
    select e.extname, e.extnamespace, d.classid, d.objid
    from pg_depend d
    join pg_extension e on e.oid = d.refobjid and d.refclassid = 'pg_extension'::regclass
    where d.deptype = 'e'
),
object (extension, classid, objid, kind, name, letter, owner, acl) as (
    select m.extension, m.classid, m.objid,
        case c.relkind when 'S' then 'sequence' when 'f' then 'foreign_table' when 'v' then 'view' when 'm' then 'view'
            else 'table' end,
        c.relname::text, case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner, c.relacl
    from member m
    join pg_class c on c.oid = m.objid and m.classid = 'pg_class'::regclass and c.relnamespace = m.extnamespace
    where c.relacl is not null and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    union all
    select m.extension, m.classid, m.objid, case p.prokind when 'p' then 'procedure' else 'function' end,
        p.proname || '(' || coalesce((
            -- Its own types without the schema: they move with it.
            select string_agg(
                case when coalesce(e.typnamespace, t.typnamespace) <> m.extnamespace then format_type(t.oid, null)
                    when e.oid is null then quote_ident(t.typname) else quote_ident(e.typname) || '[]' end,
                ', ' order by a.place
            )
            from unnest(p.proargtypes::oid[]) with ordinality a (oid, place)
            join pg_type t on t.oid = a.oid
            left join pg_type e on e.typarray = t.oid
        ), '') || ')', 'f', p.proowner, p.proacl
    from member m
    join pg_proc p on p.oid = m.objid and m.classid = 'pg_proc'::regclass and p.pronamespace = m.extnamespace
    where p.proacl is not null and p.prokind <> 'a'
    union all
    select m.extension, m.classid, m.objid,
        case t.typtype when 'e' then 'enum' when 'c' then 'composite' when 'd' then 'domain' else 'range' end,
        t.typname::text, 'T', t.typowner, t.typacl
    from member m
    join pg_type t on t.oid = m.objid and m.classid = 'pg_type'::regclass and t.typnamespace = m.extnamespace
    where t.typacl is not null and t.typtype in ('e', 'c', 'd', 'r')
    union all
    select m.extension, m.classid, m.objid, 'foreign_data_wrapper', w.fdwname::text, 'F', w.fdwowner, w.fdwacl
    from member m
    join pg_foreign_data_wrapper w on w.oid = m.objid and m.classid = 'pg_foreign_data_wrapper'::regclass
    where w.fdwacl is not null
)
select
    o.extension::text as extension,
    o.kind,
    o.name,
    o.letter::text as letter,
    x.actual,
    x.grantee,
    lower(x.privilege_type) as privilege,
    x.is_grantable as grantable
from object o
left join pg_init_privs i on i.classoid = o.classid and i.objoid = o.objid and i.objsubid = 0
cross join lateral (
    select true as actual, (aclexplode(o.acl)).*
    union all
    select false, (aclexplode(coalesce(i.initprivs, acldefault(o.letter, o.owner)))).*
) x
order by o.extension, o.kind, o.name, x.grantee, x.actual, x.privilege_type
