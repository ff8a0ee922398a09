select
    s.oid,
    s.srvname::text as name,
    s.srvowner as owner,
    w.fdwname::text as wrapper,
    s.srvtype as type,
    s.srvversion as version,
    s.srvoptions as options
from pg_foreign_server s
join pg_foreign_data_wrapper w on w.oid = s.srvfdw
order by s.oid
