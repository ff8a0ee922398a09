-- Who may hold a lock: the other sessions of this database, the longest first. Needs PROCESS to see other accounts.
SELECT id, user, CAST(time AS UNSIGNED), info
FROM information_schema.processlist
WHERE db = DATABASE() AND id <> CONNECTION_ID()
ORDER BY time DESC, id
LIMIT 3
