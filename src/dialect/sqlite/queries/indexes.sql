-- The parts of every index, those of constraints too, without what SQLite adds behind them.
select s.name, i.name, i."unique", i.origin, i.partial, p.name, p."desc", p.coll
from main.sqlite_schema s, pragma_index_list(s.name, 'main') i, pragma_index_xinfo(i.name, 'main') p
where s.type = 'table' and s.rootpage <> 0 and s.name not like 'sqlite\_%' escape '\' and p.key
