select
    d.oid,
    d.dictname::text as name,
    d.dictnamespace as namespace,
    d.dictowner as owner,
    case when pg_ts_template_is_visible(t.oid) then '' else quote_ident(n.nspname) || '.' end
        || quote_ident(t.tmplname) as template,
    d.dictinitoption as options
from pg_ts_dict d
join pg_ts_template t on t.oid = d.dicttemplate
join pg_namespace n on n.oid = t.tmplnamespace
where d.dictnamespace = any ($1)
order by d.oid
