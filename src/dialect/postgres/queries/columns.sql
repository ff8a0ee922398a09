-- Columns of tables and views. A collation, storage or compression is given where it is not the type's own.
select
    a.attrelid as relation,
    a.attnum as number,
    a.attname::text as name,
    format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull as not_null,
    a.attidentity::text as identity,
    a.attgenerated::text as generated,
    a.attislocal as is_local,
    d.oid as default_oid,
    -- A default has no columns in it: without its table it is written out in half the time, and no lock is needed.
    pg_get_expr(d.adbin, case when a.attgenerated = '' then 0 else d.adrelid end) as default,
    case when co.oid is null then null
        when pg_collation_is_visible(co.oid) then co.collname::text
        else quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end as collation,
    case when a.attstorage <> t.typstorage then a.attstorage::text end as storage,
    a.attcompression::text as compression,
    nullif(a.attstattarget, -1)::int4 as statistics_target,
    a.attoptions as options,
    a.attfdwoptions as foreign_options,
    ds.objoid is not null as has_comment,
    nn.oid as not_null_oid,                      -- since 18
    nn.conname::text as not_null_name,           -- since 18
    nn.connoinherit as not_null_no_inherit,      -- since 18
    not nn.convalidated as not_null_not_valid,   -- since 18
    nn.conislocal as not_null_is_local           -- since 18
    null::oid as not_null_oid,                   -- before 18
    null::text as not_null_name,                 -- before 18
    false as not_null_no_inherit,                -- before 18
    false as not_null_not_valid,                 -- before 18
    false as not_null_is_local                   -- before 18
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_collation co on co.oid = a.attcollation and a.attcollation <> t.typcollation
left join pg_namespace cn on cn.oid = co.collnamespace
left join pg_description ds
    on ds.classoid = 'pg_class'::regclass and ds.objoid = a.attrelid and ds.objsubid = a.attnum
left join pg_constraint nn on nn.conrelid = a.attrelid and nn.contype = 'n' and nn.conkey[1] = a.attnum  -- since 18
where c.relnamespace = any($1) and c.relkind in ('r', 'p', 'f', 'v', 'm') and a.attnum > 0 and not a.attisdropped
order by a.attrelid, a.attnum
