-- Only what any user may set; what needs a privilege is read, and minded.
-- NO_ZERO_DATE and NO_ZERO_IN_DATE are left out: tables with such defaults must stay alterable.
-- A table that keeps its history can be altered at all only where the history is kept as it is.
-- A table that names no engine has InnoDB, whatever the server's default.
-- NO_AUTO_VALUE_ON_ZERO keeps a 0 that is stored when a table is copied.
SET NAMES utf8mb4,
    sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION',
    time_zone = '+00:00',
    autocommit = 1,
    default_storage_engine = 'InnoDB',
    default_tmp_storage_engine = 'InnoDB',
    foreign_key_checks = 1,
    unique_checks = 1,
    sql_quote_show_create = 1,
    sql_auto_is_null = 0,
    sql_safe_updates = 0,
    sql_big_selects = 1,
    sql_select_limit = 18446744073709551615,
    group_concat_max_len = 1073741824,
    wait_timeout = 86400,
    net_read_timeout = 600,
    net_write_timeout = 600
    /*!80000 , transaction_isolation = 'REPEATABLE-READ', max_execution_time = 0 */
    /*!80030 , show_gipk_in_create_table_and_information_schema = 1 */
    /*M!100600 , tx_isolation = 'REPEATABLE-READ', max_statement_time = 0, check_constraint_checks = 1,
               system_versioning_alter_history = 'KEEP' */
