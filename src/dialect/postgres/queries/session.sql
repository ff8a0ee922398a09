-- Pins what changes how the server reads and prints, and learns who answers, in one round trip.
-- {lock_timeout} is a number of milliseconds; {process} what the server said this session is. A pooler made that up: then
-- nothing is set, since it would stay for others, and there is no row.
select
    version() as version,
    current_setting('server_version_num') as number,
    pg_is_in_recovery()::text as standby,
    current_setting('transaction_read_only') as read_only,
    current_database() as database,
    set_config('TimeZone', 'UTC', false),
    set_config('DateStyle', 'ISO, YMD', false),
    set_config('IntervalStyle', 'postgres', false),
    set_config('extra_float_digits', '1', false),
    set_config('bytea_output', 'hex', false),
    set_config('xmloption', 'content', false),
    set_config('client_encoding', 'UTF8', false),
    set_config('standard_conforming_strings', 'on', false),
    set_config('quote_all_identifiers', 'off', false),
    set_config('search_path', 'public', false),
    set_config('array_nulls', 'on', false),
    set_config('transform_null_equals', 'off', false),
    set_config('xmlbinary', 'base64', false),
    set_config('default_tablespace', '', false),
    set_config('default_table_access_method', 'heap', false),
    -- Rows that a policy would hide are an error rather than missing from a count.
    set_config('row_security', 'off', false),
    set_config('statement_timeout', '0', false),
    set_config('idle_in_transaction_session_timeout', '0', false),
    case when current_setting('idle_session_timeout', true) is not null
        then set_config('idle_session_timeout', '0', false) end,
    -- To compile a query of the catalog takes longer than to run it: a second for 10,000 tables.
    case when current_setting('jit', true) is not null then set_config('jit', 'off', false) end,
    -- PostgreSQL 17 has it.
    case when current_setting('transaction_timeout', true) is not null
        then set_config('transaction_timeout', '0', false) end,
    set_config('lock_timeout', '{lock_timeout}', false)
where pg_backend_pid() = {process}
