-- subconninfo is not for everybody (see subscription_connections.sql). Which of the others there are depends on the version, and
-- the whole row cannot be read without it.
select
    s.oid,
    s.subname::text as name,
    s.subowner as owner,
    s.subenabled as enabled,
    s.subpublications as publications,
    s.subslotname::text as slot_name,
    s.subsynccommit as synchronous_commit,
    s.subbinary as binary,
    s.substream::text as streaming,
    s.subtwophasestate <> 'd' as two_phase, -- since 15
    s.subdisableonerr as disable_on_error, -- since 15
    not s.subpasswordrequired as no_password_required, -- since 16
    s.subrunasowner as run_as_owner, -- since 16
    s.suborigin as origin, -- since 16
    s.subfailover as failover, -- since 17
    has_column_privilege('pg_subscription', 'subconninfo', 'select') as shows_connection
from pg_subscription s
where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
order by s.oid
