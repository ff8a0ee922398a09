select
    c.oid,
    c.cfgname::text as name,
    c.cfgnamespace as namespace,
    c.cfgowner as owner,
    case when pg_ts_parser_is_visible(p.oid) then '' else quote_ident(n.nspname) || '.' end
        || quote_ident(p.prsname) as parser
from pg_ts_config c
join pg_ts_parser p on p.oid = c.cfgparser
join pg_namespace n on n.oid = p.prsnamespace
where c.cfgnamespace = any ($1)
order by c.oid
