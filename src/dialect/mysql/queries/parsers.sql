-- The parsers of full-text indexes that this server has, beside its own.
SELECT PLUGIN_NAME
FROM information_schema.PLUGINS
WHERE PLUGIN_TYPE = 'FTPARSER' AND PLUGIN_STATUS = 'ACTIVE'
ORDER BY PLUGIN_NAME
