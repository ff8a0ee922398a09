select
    w.oid,
    w.fdwname::text as name,
    w.fdwowner as owner,
    nullif(w.fdwhandler::regproc::text, '-') as handler,
    nullif(w.fdwvalidator::regproc::text, '-') as validator,
    w.fdwoptions as options
from pg_foreign_data_wrapper w
order by w.oid
