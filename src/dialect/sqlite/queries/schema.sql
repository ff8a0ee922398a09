-- Everything stored, in the order in which it was made. A virtual table has no root page.
select type, name, tbl_name, coalesce(rootpage, 0) = 0, sql
from main.sqlite_schema
where name not like 'sqlite\_%' escape '\'
order by rowid
