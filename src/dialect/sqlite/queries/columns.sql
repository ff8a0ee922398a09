-- Tables with rows of their own only: asking for the columns of a view or a virtual table can fail.
select s.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
from main.sqlite_schema s, pragma_table_xinfo(s.name, 'main') c
where s.type = 'table' and s.rootpage <> 0 and s.name not like 'sqlite\_%' escape '\'
