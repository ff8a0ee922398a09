-- Tables, partitioned and foreign ones, views and materialized views.
select
    c.oid,
    c.relnamespace as namespace,
    c.relname::text as name,
    c.relkind::text as kind,
    c.relowner as owner,
    c.relpersistence::text as persistence,
    c.relrowsecurity as row_security,
    c.relforcerowsecurity as force_row_security,
    c.relreplident::text as replica_identity,
    c.reloptions as options,
    c.relispartition as is_partition,
    am.amname::text as access_method,
    ts.spcname::text as tablespace,
    c.reltype as row_type,
    rt.typarray as row_array_type,
    case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
    toast.reloptions as toast_options,
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_by,
    case when c.relispartition then pg_get_expr(c.relpartbound, 0) end as bound,
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as query,
    fs.srvname::text as server,
    ft.ftoptions as foreign_options
from pg_class c
left join pg_am am on am.oid = c.relam
left join pg_tablespace ts on ts.oid = c.reltablespace
left join pg_type rt on rt.oid = c.reltype
left join pg_class toast on toast.oid = c.reltoastrelid and toast.reloptions is not null
left join pg_foreign_table ft on ft.ftrelid = c.oid
left join pg_foreign_server fs on fs.oid = ft.ftserver
where c.relnamespace = any($1) and c.relkind in ('r', 'p', 'f', 'v', 'm')
order by c.oid
