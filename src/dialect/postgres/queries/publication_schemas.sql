-- From 15 on.
select
    x.oid,
    x.pnpubid as publication,
    n.nspname::text as name
from pg_publication_namespace x
join pg_namespace n on n.oid = x.pnnspid
order by x.pnpubid, n.nspname
