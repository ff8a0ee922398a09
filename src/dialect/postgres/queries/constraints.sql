-- Constraints of tables and domains. NOT NULL comes with the columns, a constraint trigger with the triggers.
select
    c.oid,
    c.conname::text as name,
    c.contype::text as kind,
    c.conrelid as relation,
    c.contypid as domain,
    c.conindid as index,
    c.confrelid as references,
    c.condeferrable as deferrable,
    c.condeferred as deferred,
    c.convalidated as validated,
    c.conislocal as is_local,
    c.conparentid as parent,
    c.connoinherit as no_inherit,
    c.conkey as columns,
    c.confkey as ref_columns,
    c.confupdtype::text as on_update,
    c.confdeltype::text as on_delete,
    c.confmatchtype::text as matching,
    c.confdelsetcols as on_delete_columns,   -- since 15
    null::int2[] as on_delete_columns,       -- before 15
    c.conperiod as period,                   -- since 18
    c.conenforced as enforced,               -- since 18
    false as period,                         -- before 18
    true as enforced,                        -- before 18
    case when c.contype = 'x' then array(
        select case when pg_operator_is_visible(o.oid) then o.oprname::text
            else 'operator(' || quote_ident(n.nspname) || '.' || o.oprname || ')' end
        from unnest(c.conexclop) with ordinality as e (operator, position)
        join pg_operator o on o.oid = e.operator
        join pg_namespace n on n.oid = o.oprnamespace
        order by e.position
    ) end as operators,
    case when c.contype = 'c' then pg_get_expr(c.conbin, c.conrelid) end as condition
from pg_constraint c
where c.connamespace = any($1) and c.contype in ('p', 'u', 'x', 'c', 'f')
order by c.oid
