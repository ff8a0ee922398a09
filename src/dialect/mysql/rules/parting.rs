//! Partitions: added at the end, dropped, reorganised, or the table partitioned anew.

use std::collections::BTreeSet;

use crate::catalog::{Name, Object, ObjectId, Partition, Table};
use crate::plan::{Context, Draft, Hazard, HazardKind, Resource};

use super::super::connect::Flavour;
use super::super::render;
use super::super::sql::quote_list;
use super::super::tokens::{TokenKind, significant};
use super::algorithm::Cost;
use super::probes;

type Parts<'a> = Vec<(&'a ObjectId, &'a Partition, Option<&'a str>)>;

/// How the partitions of a table become others.
enum Change<'a> {
    /// The table is partitioned anew, or not at all any more: a clause that can stand behind others.
    Whole(String),
    /// By a clause that stands alone.
    Between(Between<'a>),
}

fn change<'a>(cx: &'a Context<'_>, id: &'a ObjectId) -> Option<Change<'a>> {
    let (Some(Object::Table(live)), Some(Object::Table(desired))) = (cx.live.object(id), cx.desired.object(id)) else {
        return None;
    };
    let (old, new) = (render::partitions(cx.live, id), render::partitions(cx.desired, id));
    if same_way(live, desired) && old.iter().map(of).eq(new.iter().map(of)) {
        return None;
    }
    if desired.partition_by.is_none() {
        return Some(Change::Whole("REMOVE PARTITIONING".to_owned()));
    }
    let whole = || Change::Whole(render::partition_by(cx.desired, id, desired).unwrap_or_default());
    // All partitions have as many parts, and none can be given another number of them.
    let parts = |list: &Parts<'_>| list.first().map(|(_, partition, _)| partition.subpartitions.len());
    if !same_way(live, desired) || parts(&old) != parts(&new) {
        return Some(whole());
    }
    Some(between(&old, &new).map_or_else(whole, Change::Between))
}

/// The clause that partitions a table anew. With other changes it is one statement, so the table is copied once, and a
/// key that fits only the old way or only the new one is no matter.
pub(super) fn whole(cx: &Context<'_>, id: &ObjectId) -> Option<String> {
    match change(cx, id)? {
        Change::Whole(clause) => Some(clause),
        Change::Between(_) => None,
    }
}

/// Whether a table is partitioned over one of its columns: none of them is dropped until it no longer is (error 3855).
pub(super) fn is_over(cx: &Context<'_>, id: &ObjectId, columns: &BTreeSet<Name>) -> bool {
    let Some(Object::Table(table)) = cx.live.object(id) else { return false };
    table.partition_by.as_ref().is_some_and(|by| {
        let text = by.as_str();
        let mut names = significant(text).filter_map(|token| token.identifier(text));
        names.any(|name| columns.iter().any(|column| column.as_str().eq_ignore_ascii_case(&name)))
    })
}

/// What that costs.
pub(super) fn anew(id: &ObjectId) -> Hazard {
    Hazard {
        kind: HazardKind::Rewrite,
        id: id.clone(),
        message:
            "copies the table{size} into its new partitions while writes wait; expected ALGORITHM=COPY, LOCK=SHARED"
                .to_owned(),
    }
}

pub(super) fn parting(cx: &Context<'_>, id: &ObjectId, flavour: Flavour) -> Option<Draft> {
    let new = render::partitions(cx.desired, id);
    let table = render::name(id);
    let step = |clause: String| {
        Draft::new(id, format!("partition {id}"), format!("ALTER TABLE {table} {clause}"))
            // Its columns and keys have their form by then.
            .consuming(cx.desired.columns(id).into_iter().map(|(id, _)| Resource::New(id.clone())))
            .producing(new.iter().map(|(id, ..)| Resource::New((*id).clone())))
    };
    let way = match change(cx, id)? {
        Change::Whole(clause) => {
            // No foreign key may hold the table then.
            let step = step(clause).destroying([Resource::Old(id.clone())]).producing([Resource::New(id.clone())]);
            return Some(step.risking([anew(id)]).asking(probes::without_partition(cx, id)));
        }
        Change::Between(way) => way,
    };
    let step = |clause: String| step(clause).consuming([Resource::New(id.clone())]);
    Some(match way {
        Between::Add(parts) => step(format!("ADD PARTITION ({})", definitions(&parts))).risking([no_copy(id, flavour)]),
        Between::Drop(parts) => step(format!("DROP PARTITION {}", names(&parts)))
            .risking([no_copy(id, flavour)])
            .asking([probes::rows_of_partitions(cx, id, parts.iter().map(|(id, ..)| id.name().as_str()))]),
        Between::Reorganize(from, into) => {
            step(format!("REORGANIZE PARTITION {} INTO ({})", names(&from), definitions(&into))).risking([Hazard {
                kind: HazardKind::Rewrite,
                id: id.clone(),
                message: format!("copies the rows of {} while writes wait{}", names(&from), by_mysql(flavour)),
            }])
        }
    })
}

/// What adding and dropping a partition costs. MariaDB takes no ALGORITHM beside them.
fn no_copy(id: &ObjectId, flavour: Flavour) -> Hazard {
    match flavour {
        Flavour::Mysql => Cost::InPlace.hazard(id, flavour),
        Flavour::Mariadb => Hazard {
            kind: HazardKind::Notice,
            id: id.clone(),
            message: "expected: no row is copied; reads and writes wait for a moment".to_owned(),
        },
    }
}

fn by_mysql(flavour: Flavour) -> &'static str {
    if flavour == Flavour::Mysql { "; expected ALGORITHM=INPLACE, LOCK=SHARED" } else { "" }
}

fn same_way(live: &Table, desired: &Table) -> bool {
    live.partition_by == desired.partition_by && live.subpartition_by == desired.subpartition_by
}

fn of<'a>(
    (id, part, comment): &(&'a ObjectId, &'a Partition, Option<&'a str>),
) -> (&'a str, Partition, Option<&'a str>) {
    (id.name().as_str(), Partition { position: 0, ..(*part).clone() }, *comment)
}

fn names(parts: &Parts<'_>) -> String {
    quote_list(parts.iter().map(|(id, ..)| id.name().as_str()))
}

fn definitions(parts: &Parts<'_>) -> String {
    parts.iter().map(|(id, part, comment)| render::partition(id, part, *comment)).collect::<Vec<_>>().join(", ")
}

/// How one list of partitions becomes another.
enum Between<'a> {
    Add(Parts<'a>),
    Drop(Parts<'a>),
    Reorganize(Parts<'a>, Parts<'a>),
}

/// What is the same at both ends stays; where a partition in the middle goes, the next one takes its rows.
fn between<'a>(old: &Parts<'a>, new: &Parts<'a>) -> Option<Between<'a>> {
    let is_range = |parts: &Parts<'_>| {
        parts.iter().all(|(_, part, _)| {
            part.values.as_ref().is_some_and(|values| values.as_str().to_ascii_lowercase().starts_with("less than"))
        })
    };
    // MariaDB gives the partition by default the rows that others should have, whatever clause moves them.
    let is_default =
        |(_, part, _): &(_, &Partition, _)| part.values.as_ref().is_some_and(|values| values.canonical() == "default");
    if old.is_empty() || new.is_empty() || old.iter().chain(new).any(is_default) {
        return None;
    }
    let is_current =
        |(_, part, _): &(_, &Partition, _)| part.values.as_ref().is_some_and(|values| values.canonical() == "current");
    let range = is_range(old) && is_range(new);
    let start = old.iter().zip(new).take_while(|(a, b)| of(a) == of(b)).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| of(a) == of(b)).count();
    let (gone, kept) = old.split_at(old.len() - end);
    let come = &new[..new.len() - end];
    match (gone.is_empty(), come.is_empty()) {
        // What is added to a history comes before the partition of the rows that are.
        (true, false) if kept.iter().all(is_current) => Some(Between::Add(come.to_vec())),
        // Of a history only the oldest go (error 4116).
        (false, true) if start > 0 && kept.iter().any(is_current) => None,
        (false, true) if kept.is_empty() || !range => Some(Between::Drop(gone.to_vec())),
        // Nothing can be added in the middle; of a range, what goes there is given to the next one.
        (true, false) => {
            kept.first().map(|next| Between::Reorganize(vec![*next], come.iter().copied().chain([*next]).collect()))
        }
        (false, true) => {
            kept.first().map(|next| Between::Reorganize(gone.iter().copied().chain([*next]).collect(), vec![*next]))
        }
        // Whether the rows fit is for the server to say, which compares the bounds.
        (false, false) if range && gone.last().map(|last| &last.1.values) == come.last().map(|last| &last.1.values) => {
            Some(Between::Reorganize(gone.to_vec(), come.to_vec()))
        }
        // Of a list, the partitions of one name get other values. Where a value has no place any more, the server would
        // drop its rows without a word: the table is partitioned anew then, which refuses them (error 1526).
        (false, false) if !range && names_of(gone) == names_of(come) && listed(gone).is_subset(&listed(come)) => {
            Some(Between::Reorganize(gone.to_vec(), come.to_vec()))
        }
        _ => None,
    }
}

fn names_of<'a>(parts: &[(&'a ObjectId, &'a Partition, Option<&'a str>)]) -> Vec<&'a str> {
    parts.iter().map(|(id, ..)| id.name().as_str()).collect()
}

/// The values that the partitions of a list take.
fn listed<'a>(parts: &[(&'a ObjectId, &'a Partition, Option<&'a str>)]) -> BTreeSet<String> {
    let texts = parts.iter().filter_map(|(_, part, _)| part.values.as_ref());
    texts.flat_map(|values| items(values.as_str())).collect()
}

/// What stands between the commas of the outermost parentheses, spacing and letter case of words aside.
fn items(values: &str) -> Vec<String> {
    let (mut items, mut item, mut depth) = (Vec::new(), String::new(), 0_usize);
    for token in significant(values) {
        let text = token.text(values);
        match text {
            ")" if depth <= 1 => depth = 0,
            "(" if depth == 0 => depth = 1,
            "," if depth == 1 => items.push(std::mem::take(&mut item)),
            _ if depth == 0 => {}
            _ => {
                depth = if text == "(" { depth + 1 } else { depth - usize::from(text == ")") };
                let is_word = token.kind == TokenKind::Word;
                item.push_str(&if is_word { text.to_ascii_lowercase() } else { text.to_owned() });
                item.push(' ');
            }
        }
    }
    items.push(item);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read() {
        assert_eq!(items("in (1,'a,b)',NULL)"), ["1 ", "'a,b)' ", "null "]);
        assert_eq!(items("in ((1, 2),(3,4))"), ["( 1 , 2 ) ", "( 3 , 4 ) "]);
    }
}
