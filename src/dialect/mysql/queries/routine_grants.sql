-- What is granted on routines (MySQL). Needs SELECT on this table of the server's own.
SELECT Routine_name, Routine_type, User, Host, Proc_priv
FROM mysql.procs_priv
WHERE Db = DATABASE()
ORDER BY Routine_name, Routine_type, User, Host
