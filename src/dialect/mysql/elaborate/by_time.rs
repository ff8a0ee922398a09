//! MariaDB: what the server makes of a table whose rows have a time. It puts the end of that behind every unique key, and
//! says when the partitions of a history begin, where nobody did.

use crate::catalog::{Catalog, Name, Object, ObjectId, OptionKey, Part, Sql};
use crate::dialect::Dialect as _;

use super::super::dialect::Mysql;
use super::settle;

/// Whether two unique keys differ only by the end of the row's time.
pub(super) fn is_same_key((live, desired): (&Catalog, &Catalog), id: &ObjectId) -> bool {
    let Some(table) = id.parent() else { return false };
    let ends = [live, desired].map(|catalog| end(catalog, table));
    if ends.iter().all(Option::is_none) {
        return false;
    }
    let bare = |parts: &mut Vec<Part>| {
        let is_end = |part: &Part| ends.iter().flatten().any(|end| part.as_column() == Some(*end));
        if parts.len() > 1 && parts.last().is_some_and(is_end) {
            parts.pop();
        }
        settle::ascending(parts);
    };
    match (live.object(id), desired.object(id)) {
        (Some(Object::PrimaryKey(live)), Some(Object::PrimaryKey(desired))) => {
            let (mut live, mut desired) = (live.clone(), desired.clone());
            bare(&mut live.columns);
            bare(&mut desired.columns);
            live == desired
        }
        (Some(Object::Index(live)), Some(Object::Index(desired))) if live.unique && desired.unique => {
            let (mut live, mut desired) = (settle::index(live), settle::index(desired));
            bare(&mut live.columns);
            bare(&mut desired.columns);
            live == desired
        }
        _ => false,
    }
}

/// The column of a table's own that says until when a row holds.
fn end<'a>(catalog: &'a Catalog, table: &'a ObjectId) -> Option<&'a Name> {
    let mut columns = catalog.columns(table).into_iter();
    columns.find(|(_, column)| column.options.is_on(OptionKey::RowEnd)).map(|(id, _)| id.name())
}

/// How a history is partitioned, on both sides in one way.
pub(super) fn partition_by(live: &mut Option<Sql>, desired: &mut Option<Sql>, dialect: &Mysql) {
    let (Some(live), Some(desired)) = (live, desired) else { return };
    if ![&*live, &*desired].iter().all(|sql| sql.canonical().starts_with("system_time")) {
        return;
    }
    let is_said = desired.canonical().split(' ').any(|word| word == "starts");
    for sql in [live, desired] {
        *sql = dialect.expression(&plain(sql.canonical(), is_said));
    }
}

/// `system_time interval 1 week` is one of seven days; AUTO makes more partitions as time goes by.
fn plain(text: &str, keeps_start: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let is_auto = words.contains(&"auto");
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let (mut starts, mut partitions) = (false, false);
    for word in words {
        match word {
            "starts" | "auto" | "partitions" => (starts, partitions) = (word == "starts", word == "partitions"),
            "timestamp" if starts => continue,
            _ => {}
        }
        let (number, unit) = match word {
            "week" => (7, "day"),
            "quarter" => (3, "month"),
            _ => (1, word),
        };
        let count = out.last().and_then(|last| last.trim_matches('\'').parse::<u64>().ok());
        if let (Some(count), Some(last)) = (count.filter(|_| number > 1), out.last_mut()) {
            *last = (count * number).to_string();
        }
        let is_unsaid = (starts && !keeps_start) || (partitions && is_auto);
        if !is_unsaid {
            out.push(unit.to_owned());
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_the_server_adds_is_left_out() {
        let shown = "system_time interval 7 day starts timestamp '2020-01-01 00:00:00' auto partitions 3";
        assert_eq!(plain(shown, false), plain("system_time interval 1 week auto", false));
        assert_eq!(plain(shown, true), plain("system_time interval 1 week starts '2020-01-01 00:00:00' auto", true));
        assert_ne!(
            plain("system_time limit 10 partitions 3", false),
            plain("system_time limit 10 partitions 4", false)
        );
        assert_ne!(plain("system_time interval 1 day", false), plain("system_time interval 1 month", false));
    }
}
