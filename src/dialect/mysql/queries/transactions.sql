-- Who is inside a transaction in this database, the longest first. Needs PROCESS.
SELECT session.ID, session.USER, CAST(session.TIME AS UNSIGNED), session.INFO
FROM information_schema.PROCESSLIST AS session
JOIN information_schema.INNODB_TRX AS open ON open.trx_mysql_thread_id = session.ID
WHERE session.DB = DATABASE() AND session.ID <> CONNECTION_ID()
ORDER BY open.trx_started, session.ID
LIMIT 3
