select s.name, k.id, k."table", k."from", k."to", k.on_update, k.on_delete
from main.sqlite_schema s, pragma_foreign_key_list(s.name, 'main') k
where s.type = 'table' and s.rootpage <> 0 and s.name not like 'sqlite\_%' escape '\'
