-- Which table or index takes over from which, in the order in which they were named.
select i.inhrelid as child, i.inhparent as parent
from pg_inherits i
join pg_class c on c.oid = i.inhrelid
where c.relnamespace = any($1)
order by i.inhrelid, i.inhseqno
