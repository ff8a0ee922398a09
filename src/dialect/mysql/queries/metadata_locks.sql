-- Who has a metadata lock on tables of this database or on all that is (FLUSH TABLES WITH READ LOCK), the longest first (MySQL; MariaDB has no such table filled).
SELECT DISTINCT holder.PROCESSLIST_ID, holder.PROCESSLIST_USER, CAST(holder.PROCESSLIST_TIME AS UNSIGNED),
       holder.PROCESSLIST_INFO
FROM performance_schema.metadata_locks AS held
JOIN performance_schema.threads AS holder ON holder.THREAD_ID = held.OWNER_THREAD_ID
WHERE ((held.OBJECT_TYPE = 'TABLE' AND held.OBJECT_SCHEMA = DATABASE())
       OR (held.OBJECT_TYPE = 'GLOBAL' AND held.LOCK_TYPE = 'SHARED'))
  AND held.LOCK_STATUS = 'GRANTED'
  AND holder.PROCESSLIST_ID <> CONNECTION_ID()
ORDER BY 3 DESC, 1
LIMIT 3
