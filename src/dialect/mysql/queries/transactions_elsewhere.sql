-- Who is inside a transaction and in another database, or in none: it may read or write tables here. Needs PROCESS.
SELECT session.ID, session.USER, CAST(session.TIME AS UNSIGNED), session.INFO
FROM information_schema.PROCESSLIST AS session
JOIN information_schema.INNODB_TRX AS open ON open.trx_mysql_thread_id = session.ID
WHERE session.ID <> CONNECTION_ID()
ORDER BY open.trx_started, session.ID
LIMIT 3
