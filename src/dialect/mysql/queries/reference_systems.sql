-- MariaDB: the columns of a spatial reference system other than none.
SELECT G_TABLE_NAME, G_GEOMETRY_COLUMN, SRID
FROM information_schema.GEOMETRY_COLUMNS
WHERE G_TABLE_SCHEMA = DATABASE() AND SRID <> 0
