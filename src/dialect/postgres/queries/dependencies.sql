-- What the server knows to depend on what: not on what is built in, which it does not note.
select d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid
from pg_depend d
where d.classid <> 0 and d.deptype <> 'e'
