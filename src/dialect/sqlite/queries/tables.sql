select name, type = 'shadow', wr, strict
from pragma_table_list
where schema = 'main' and type in ('table', 'shadow')
