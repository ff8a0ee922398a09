-- Views of which a column has another type in the temporary schema than in their own, or none; each is named with what
-- stands for it there.
select v.name
from (values /* views */) v(name, own)
join pg_class t on t.relnamespace = pg_my_temp_schema() and t.relname = v.name
join pg_attribute a on a.attrelid = to_regclass(v.own) and a.attnum > 0 and not a.attisdropped
left join pg_attribute b on b.attrelid = t.oid and b.attname = a.attname
where (b.atttypid, b.atttypmod, b.attcollation) is distinct from (a.atttypid, a.atttypmod, a.attcollation)
group by v.name
