select
    p.oid,
    p.pubname::text as name,
    p.pubowner as owner,
    p.puballtables as all_tables,
    array_remove(array[
        case when p.pubinsert then 'insert' end,
        case when p.pubupdate then 'update' end,
        case when p.pubdelete then 'delete' end,
        case when p.pubtruncate then 'truncate' end
    ], null) as publish,
    p.pubviaroot as via_root,
    -- Since 18; before, generated columns were never sent.
    coalesce(to_jsonb(p) ->> 'pubgencols', 'n') as generated
from pg_publication p
order by p.oid
