select
    e.oid,
    e.evtname::text as name,
    e.evtowner as owner,
    e.evtevent::text as event,
    e.evttags as tags,
    e.evtfoid::regproc::text || '()' as execute,
    e.evtenabled::text as enabled
from pg_event_trigger e
order by e.oid
