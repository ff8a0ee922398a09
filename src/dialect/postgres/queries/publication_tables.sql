-- Columns and conditions came with 15.
select
    r.oid,
    r.prpubid as publication,
    r.prrelid as relation,
    array( -- since 15
        select a.attname::text -- since 15
        from unnest(r.prattrs) k (number) -- since 15
        join pg_attribute a on a.attrelid = r.prrelid and a.attnum = k.number -- since 15
        order by a.attnum -- since 15
    ) as columns, -- since 15
    pg_get_expr(r.prqual, r.prrelid) as predicate -- since 15
    null::text[] as columns, -- before 15
    null::text as predicate -- before 15
from pg_publication_rel r
order by r.oid
