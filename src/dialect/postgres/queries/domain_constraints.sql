-- NOT NULL, which since 17 is a constraint and for us part of the domain. Checks come with those of tables.
select k.oid, k.contypid as domain
from pg_constraint k
where k.contypid <> 0 and k.contype = 'n' and k.connamespace = any ($1)
order by k.oid
