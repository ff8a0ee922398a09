-- How the publishers are reached, for who may read it.
select s.oid, s.subconninfo as connection
from pg_subscription s
where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
order by s.oid
