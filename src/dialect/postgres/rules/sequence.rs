//! Sequences. The present value is never changed, but a new one goes on behind the numbers that its column has.

use crate::catalog::{Catalog, Name, Numbering, Object, ObjectId};
use crate::plan::{Draft, Resource};

use super::super::render::{self, drop_statement, relation};
use super::super::sql::{name, qualified, role, string};
use super::{Alter, Cx, Drafts, grant, moving, persistence, place, probes, refusal};

pub(super) fn create(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let Some(Object::Sequence(sequence)) = cx.desired.object(id) else { return Ok(Vec::new()) };
    let mut drafts = vec![Draft::new(
        id,
        format!("create {id}"),
        render::sequence(id, sequence, persistence::of_sequence(cx, cx.desired, sequence)),
    )];
    if let Some(owner) = &sequence.owned_by {
        let mut sql = vec![owned_by(id, owner)];
        sql.extend(place::go_on(cx, owner, &string(&qualified(id)), &sequence.numbering));
        let draft = Draft::of(id, format!("let {owner} own {id}"), sql);
        let rows = moving::rows_back(owner.root());
        drafts.push(draft.consuming([Resource::New(owner.clone()), Resource::New(owner.root().clone()), rows]));
    }
    Ok(drafts)
}

fn owned_by(id: &ObjectId, owner: &ObjectId) -> String {
    format!("ALTER SEQUENCE {} OWNED BY {}.{}", qualified(id), relation(owner), name(owner))
}

/// A sequence that stays while the table whose column owns it is made again: else it would go with the table, and the
/// numbers that it gave with it.
pub(super) fn kept(cx: &Cx<'_>, id: &ObjectId, owner: &ObjectId) -> Vec<Draft> {
    let kept = Resource::Name("kept", Name::exact(id.address()));
    let off = format!("ALTER SEQUENCE {} OWNED BY NONE", qualified(id));
    let off = Draft::new(id, format!("keep {id} while {} is made again", owner.root()), off)
        .consuming([Resource::Old(owner.clone())])
        .producing([kept.clone()]);
    let whose = |catalog: &Catalog, id| catalog.get(id).and_then(|entry| entry.owner.clone());
    let (was, is) = (whose(cx.live, id), whose(cx.desired, owner.root()));
    let mut sql = Vec::new();
    // Both have one owner, or the server refuses.
    sql.extend(
        is.filter(|is| was.as_ref() != Some(is))
            .map(|is| format!("ALTER SEQUENCE {} OWNER TO {}", qualified(id), role(is.as_str()))),
    );
    sql.push(owned_by(id, owner));
    let there = [Resource::New(owner.clone()), Resource::New(owner.root().clone()), grant::owned(owner.root())];
    let on = Draft::of(id, format!("let {owner} own {id}"), sql).consuming(there).consuming([kept]);
    vec![off, on]
}

pub(super) fn drop(cx: &Cx<'_>, id: &ObjectId) -> Drafts {
    let owner = match cx.live.object(id) {
        Some(Object::Sequence(sequence)) => sequence.owned_by.as_ref(),
        _ => None,
    };
    let place = owner.and_then(|owner| place::remember(cx, owner));
    let sql = place.into_iter().chain([drop_statement(cx.live, id)]).collect();
    let draft = Draft::of(id, format!("drop {id}"), sql);
    // The values of one that a column owns stand in the column.
    let is_alone = owner.is_none();
    Ok(vec![draft.asking(is_alone.then(|| probes::place_lost(cx, id)))])
}

pub(super) fn alter(cx: &Cx<'_>, id: &ObjectId) -> Alter {
    let (Some(Object::Sequence(old)), Some(Object::Sequence(new))) = (cx.live.object(id), cx.desired.object(id)) else {
        return Alter::Recreate;
    };
    let is_unlogged = persistence::of_sequence(cx, cx.desired, new);
    // A table that changes takes what its columns own along.
    let leaves = old.owned_by.as_ref().filter(|_| old.owned_by != new.owned_by);
    let persists_otherwise = persistence::of_sequence(cx, cx.live, old) != is_unlogged
        || leaves.is_some_and(|column| persistence::changes(cx, column.root()));
    if new.unlogged == Some(true) && cx.major < 15 {
        return Alter::Refuse(refusal(id, "PostgreSQL 14 has no unlogged sequences", "remove unlogged from the TOML"));
    }
    let mut drafts = Vec::new();
    if let Some(owner) = old.owned_by.as_ref().filter(|_| old.owned_by != new.owned_by) {
        // It must not go with the column that it no longer belongs to.
        let sql = format!("ALTER SEQUENCE {} OWNED BY NONE", qualified(id));
        let draft = Draft::new(id, format!("end the ownership of {id}"), sql);
        drafts.push(draft.consuming([Resource::Old(owner.clone())]));
    }
    let mut words = Vec::new();
    if old.ty != new.ty {
        words.push(format!("AS {}", new.ty.as_ref().map_or("bigint", |ty| ty.as_str())));
    }
    words.extend(numbering_changes(&old.numbering, &new.numbering));
    let regclass = format!("{}::regclass", string(&qualified(id)));
    let (mut sql, restart) = beyond_bounds(&old.numbering, &new.numbering, &regclass);
    words.extend(restart);
    if !words.is_empty() {
        sql.push(format!("ALTER SEQUENCE {} {}", qualified(id), words.join(" ")));
    }
    drafts.push(Draft::of(id, format!("alter {id}"), sql));
    if let Some(owner) = new.owned_by.as_ref().filter(|_| old.owned_by != new.owned_by) {
        let draft = Draft::new(id, format!("let {owner} own {id}"), owned_by(id, owner));
        drafts.push(draft.consuming([Resource::New(owner.clone()), Resource::New(owner.root().clone())]));
    }
    if persists_otherwise {
        let word = if is_unlogged { "UNLOGGED" } else { "LOGGED" };
        let draft = Draft::new(
            id,
            format!("make {id} {}", word.to_lowercase()),
            format!("ALTER SEQUENCE {} SET {word}", qualified(id)),
        );
        drafts.push(draft.consuming(new.owned_by.as_ref().map(|owner| Resource::New(owner.root().clone()))));
    }
    Alter::InPlace(drafts)
}

/// What moves a sequence into its new bounds, which the server refuses to do by itself: a statement before the change,
/// or the word of the change where no number is within the old and the new bounds. No number is given twice: it goes
/// on where its bounds begin, or stands at their end, used up.
pub(super) fn beyond_bounds(old: &Numbering, new: &Numbering, regclass: &str) -> (Vec<String>, Option<String>) {
    let rises = |numbering: &Numbering| numbering.increment.unwrap_or(1) > 0;
    if rises(old) != rises(new) {
        return (Vec::new(), None);
    }
    let bounds = |numbering: &Numbering| {
        let (low, high) = if rises(numbering) { (1, i64::MAX) } else { (i64::MIN, -1) };
        (numbering.minvalue.unwrap_or(low), numbering.maxvalue.unwrap_or(high))
    };
    let ((old_low, old_high), (low, high)) = (bounds(old), bounds(new));
    if low <= old_low && high >= old_high {
        return (Vec::new(), None);
    }
    if low > old_high || high < old_low {
        let first = if rises(new) { low } else { high };
        return (Vec::new(), Some(format!("RESTART WITH {}", new.start.unwrap_or(first))));
    }
    // A sequence that has given no number has no last value to be asked for: nextval tells where it stands, and
    // setval puts it back there. Beyond its end it stands at the end, so that the next number is refused.
    let ended = if rises(new) { format!("s.at > {high}") } else { format!("s.at < {low}") };
    let begins = if rises(new) { format!("s.at >= {low}") } else { format!("s.at <= {high}") };
    let sql = format!(
        "SELECT pg_catalog.setval({regclass}, greatest({low}, least({high}, s.at)), \
         {ended} OR (s.last IS NOT NULL AND {begins})) \
         FROM (SELECT l.last, coalesce(l.last, pg_catalog.nextval({regclass})) AS at \
         FROM (SELECT pg_catalog.pg_sequence_last_value({regclass}) AS last) AS l) AS s"
    );
    (vec![sql], None)
}

/// What is said to change how a sequence counts; never RESTART.
pub(super) fn numbering_changes(old: &Numbering, new: &Numbering) -> Vec<String> {
    let mut words = Vec::new();
    let rises = new.increment.unwrap_or(1) > 0;
    if old.increment != new.increment {
        words.push(format!("INCREMENT BY {}", new.increment.unwrap_or(1)));
    }
    if old.minvalue != new.minvalue {
        words.push(new.minvalue.map_or("NO MINVALUE".to_owned(), |value| format!("MINVALUE {value}")));
    }
    if old.maxvalue != new.maxvalue {
        words.push(new.maxvalue.map_or("NO MAXVALUE".to_owned(), |value| format!("MAXVALUE {value}")));
    }
    let start = |numbering: &Numbering| {
        numbering
            .start
            .unwrap_or_else(|| if rises { numbering.minvalue.unwrap_or(1) } else { numbering.maxvalue.unwrap_or(-1) })
    };
    if old.start != new.start || start(old) != start(new) {
        words.push(format!("START WITH {}", start(new)));
    }
    if old.cache != new.cache {
        words.push(format!("CACHE {}", new.cache.unwrap_or(1)));
    }
    if old.cycle != new.cycle {
        words.push(if new.cycle { "CYCLE" } else { "NO CYCLE" }.to_owned());
    }
    words
}
