-- ICU's locale has had a column of its own since 15, of another name since 17.
select
    c.oid,
    c.collname::text as name,
    c.collnamespace as namespace,
    c.collowner as owner,
    c.collprovider::text as provider,
    c.collisdeterministic as deterministic,
    c.collcollate::text as lc_collate,
    c.collctype::text as lc_ctype,
    coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale') as locale,
    to_jsonb(c) ->> 'collicurules' as rules
from pg_collation c
where c.collnamespace = any ($1)
order by c.oid
