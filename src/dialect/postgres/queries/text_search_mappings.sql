select
    c.oid as configuration,
    k.alias as token,
    m.mapdict::regdictionary::text as dictionary
from pg_ts_config c
join pg_ts_config_map m on m.mapcfg = c.oid
join lateral ts_token_type(c.cfgparser) k on k.tokid = m.maptokentype
where c.cfgnamespace = any ($1)
order by c.oid, k.alias, m.mapseqno
