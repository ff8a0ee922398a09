-- The pairs of types, of a key and of what it refers to, that no foreign key can be between (`ATAddForeignKeyConstraint`):
-- what the index of the target compares with is neither the type nor one that it becomes unasked.
with pair (at, own, theirs) as (
    values (0, null::regtype, null::regtype)
), plain as (
    -- A domain is compared as what it is over.
    select
        p.at,
        coalesce(nullif(o.typbasetype, 0), o.oid) as own,
        coalesce(nullif(t.typbasetype, 0), t.oid) as theirs
    from pair p
    join pg_type o on o.oid = p.own
    join pg_type t on t.oid = p.theirs
), compared (at, own, theirs) as (
    select p.at, p.own, p.theirs from plain p
    union
    -- A type without operators of its own has those of another, as varchar those of text.
    select p.at, p.own, c.casttarget
    from plain p
    join pg_cast c on c.castsource = p.theirs and c.castmethod = 'b' and c.castcontext = 'i'
    where not exists (
        select
        from pg_opclass o
        join pg_am m on m.oid = o.opcmethod and m.amname = 'btree'
        where o.opcintype = p.theirs and o.opcdefault
    )
)
select p.at
from plain p
join pg_type o on o.oid = p.own and o.typtype in ('b', 'e') and o.typcategory <> 'A'
join pg_type t on t.oid = p.theirs and t.typtype in ('b', 'e') and t.typcategory <> 'A'
where not exists (
    select
    from compared c
    where c.at = p.at
        and (
            c.theirs = c.own
            or exists (select from pg_operator e where e.oprname = '=' and e.oprleft = c.theirs and e.oprright = c.own)
            or exists (
                select from pg_cast i where i.castsource = c.own and i.casttarget = c.theirs and i.castcontext = 'i'
            )
        )
)
order by p.at
