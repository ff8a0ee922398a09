-- Indexes, those of constraints too.
select
    i.indexrelid as oid,
    i.indrelid as relation,
    ic.relname::text as name,
    am.amname::text as method,
    i.indisunique as is_unique,
    i.indisvalid as is_valid,
    i.indisclustered as is_clustered,
    i.indisreplident as is_replica_identity,
    i.indnullsnotdistinct as nulls_not_distinct,   -- since 15
    false as nulls_not_distinct,                   -- before 15
    pg_get_expr(i.indpred, i.indrelid) as condition,
    ic.reloptions as options,
    ts.spcname::text as tablespace,
    con.oid as constraint,
    ds.objoid is not null as has_comment
from pg_index i
join pg_class ic on ic.oid = i.indexrelid
join pg_am am on am.oid = ic.relam
left join pg_tablespace ts on ts.oid = ic.reltablespace
left join pg_constraint con
    on con.conindid = i.indexrelid and con.conrelid = i.indrelid and con.contype in ('p', 'u', 'x')
left join pg_description ds
    on ds.classoid = 'pg_class'::regclass and ds.objoid = i.indexrelid and ds.objsubid = 0
where ic.relnamespace = any($1)
order by i.indexrelid
