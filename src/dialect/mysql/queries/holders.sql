-- Who may hold a lock: the other sessions of this database, the longest first, and behind them those that are in none,
-- of which one may have locked all tables. Needs PROCESS to see other accounts.
SELECT id, user, CAST(time AS UNSIGNED), info
FROM information_schema.processlist
WHERE (db = DATABASE() OR (db IS NULL AND command = 'Sleep')) AND id <> CONNECTION_ID()
ORDER BY db IS NULL, time DESC, id
LIMIT 3
