-- Rewrite rules. That which makes a view is listed too, as the view's dependencies are noted on it. What a rule does
-- is only to be had from its whole definition: its expressions name OLD and NEW.
select
    r.oid,
    r.ev_class as relation,
    r.rulename::text as name,
    r.ev_type::text as event,
    r.ev_enabled::text as enabled,
    r.is_instead,
    r.rulename = '_RETURN' and c.relkind in ('v', 'm') as makes_view,
    case when r.rulename <> '_RETURN' then pg_get_ruledef(r.oid) end as definition
from pg_rewrite r
join pg_class c on c.oid = r.ev_class
where c.relnamespace = any($1)
order by r.oid
