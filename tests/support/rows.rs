//! What the rows of a database are, and whether those that had to survive a change did.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use super::tokens::tokens;

/// A value so that its type shows.
pub(crate) fn show(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => format!("{number:?}"),
        Value::Text(text) => format!("'{text}'"),
        Value::Blob(bytes) => {
            format!("x'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat())
        }
    }
}

/// A name in SQL.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A column that holds values.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    ty: String,
    not_null: bool,
}

/// A table with its rows.
#[derive(Debug, Clone)]
struct Rows {
    columns: BTreeMap<String, Column>,
    /// The column that is the rowid, if one is; the table may have none at all.
    alias: Option<String>,
    without_rowid: bool,
    is_virtual: bool,
    /// The rowid, if it can be read, and the values by the column.
    all: Vec<(Option<i64>, BTreeMap<String, Value>)>,
    autoincrement: bool,
    /// The AUTOINCREMENT mark.
    mark: Option<i64>,
}

/// All rows of a database.
#[derive(Debug, Clone, Default)]
pub(crate) struct AllRows(BTreeMap<String, Rows>);

impl AllRows {
    /// Reads them.
    pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut names = connection.prepare(
            "select name, wr, strict from pragma_table_list
             where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite\\_%' escape '\\'",
        )?;
        let names: Vec<(String, bool, bool)> =
            names.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
        let mut all = BTreeMap::new();
        for (name, without_rowid, strict) in names {
            let text = tokens(&text_of(connection, &name)?);
            // What a full text index shows of another table's rows is not its own.
            if text.get(1).is_some_and(|token| token.is("virtual")) && text.iter().any(|token| token.is("content")) {
                continue;
            }
            let rows = read_table(connection, &name, without_rowid, strict)?;
            all.insert(name.to_ascii_lowercase(), rows);
        }
        Ok(Self(all))
    }

    /// What was lost on the way to another state, of what both have: rows, rowids, values, marks.
    pub(crate) fn lost_in(&self, after: &Self) -> Vec<String> {
        let mut lost = Vec::new();
        for (name, before) in &self.0 {
            let Some(after) = after.0.get(name) else { continue };
            // No row of a virtual table is without a column.
            if before.is_virtual && shared(before, after).next().is_none() {
                continue;
            }
            if before.all.len() != after.all.len() {
                lost.push(format!("table {name} had {} rows and has {}", before.all.len(), after.all.len()));
            } else if keeps_rowids(before, after) {
                lost.extend(lost_by_rowid(name, before, after));
            } else {
                lost.extend(lost_values(name, before, after));
            }
            // Without AUTOINCREMENT there is no mark to keep; the oracle compares that.
            if before.autoincrement && after.autoincrement && before.mark != after.mark {
                let (was, is) = (before.mark.unwrap_or_default(), after.mark.unwrap_or_default());
                lost.push(format!("the AUTOINCREMENT mark of {name} was {was} and is {is}"));
            }
        }
        lost
    }
}

fn text_of(connection: &Connection, name: &str) -> rusqlite::Result<String> {
    connection.query_row("select sql from sqlite_schema where type = 'table' and name = ?1", [name], |row| row.get(0))
}

fn read_table(connection: &Connection, name: &str, without_rowid: bool, strict: bool) -> rusqlite::Result<Rows> {
    let mut columns = BTreeMap::new();
    let mut keys = Vec::new();
    let mut shadowed = Vec::new();
    let mut info =
        connection.prepare_cached("select name, type, \"notnull\", pk, hidden from pragma_table_xinfo(?1)")?;
    let mut found = info.query([name])?;
    while let Some(row) = found.next()? {
        let (column, ty, hidden) = (row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(4)?);
        shadowed.push(column.to_ascii_lowercase());
        if row.get::<_, i64>(3)? > 0 {
            keys.push((column.clone(), ty.clone()));
        }
        if hidden == 0 {
            let ty = ty.to_ascii_lowercase();
            // ANY keeps values as they are in a STRICT table alone, so it is another type there.
            let ty = if strict && ty == "any" { "any of STRICT".to_owned() } else { ty };
            columns.insert(column, Column { ty, not_null: row.get(2)? });
        }
    }
    let own_index = "select count(*) from pragma_index_list(?1) where origin = 'pk'";
    let has_key_index = connection.query_row(own_index, [name], |row| row.get::<_, i64>(0))? > 0;
    let alias = match keys.as_slice() {
        [(column, ty)] if ty.eq_ignore_ascii_case("integer") && !has_key_index && !without_rowid => {
            Some(column.to_ascii_lowercase())
        }
        _ => None,
    };
    let rowid =
        ["rowid", "_rowid_", "oid"].into_iter().find(|word| !without_rowid && !shadowed.iter().any(|c| c == word));
    let list = columns.keys().map(|column| quote(column)).collect::<Vec<_>>();
    let selected = [vec![rowid.unwrap_or("null").to_owned()], list].concat().join(", ");
    let mut statement = connection.prepare(&format!("select {selected} from {}", quote(name)))?;
    let rows = statement.query_map([], |row| {
        let values =
            columns.keys().enumerate().map(|(i, column)| Ok((column.to_ascii_lowercase(), value(row, i + 1)?)));
        Ok((row.get(0)?, values.collect::<rusqlite::Result<_>>()?))
    })?;
    let all = rows.collect::<rusqlite::Result<_>>()?;
    let mark = connection.query_row("select seq from sqlite_sequence where name = ?1", [name], |row| row.get(0)).ok();
    let text = tokens(&text_of(connection, name)?);
    let autoincrement = text.iter().any(|token| token.is("autoincrement"));
    let is_virtual = text.get(1).is_some_and(|token| token.is("virtual"));
    let columns = columns.into_iter().map(|(column, kind)| (column.to_ascii_lowercase(), kind)).collect();
    Ok(Rows { columns, alias, without_rowid, is_virtual, all, autoincrement, mark })
}

/// A value, whatever it is: a text made of a blob may be none.
fn value(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Value> {
    match row.get_ref(at)? {
        ValueRef::Text(bytes) if std::str::from_utf8(bytes).is_err() => Ok(Value::Blob(bytes.to_vec())),
        _ => row.get(at),
    }
}

/// Rowids stay, unless it is another column that they come from.
fn keeps_rowids(before: &Rows, after: &Rows) -> bool {
    let readable = |rows: &Rows| !rows.without_rowid && rows.all.iter().all(|(rowid, _)| rowid.is_some());
    readable(before) && readable(after) && before.alias == after.alias
}

fn same_value(before: &Value, after: &Value, from: &Column, to: &Column) -> bool {
    // A NULL may have been filled where the column accepts none any more; another type may convert.
    before == after || from.ty != to.ty || (*before == Value::Null && to.not_null && !from.not_null)
}

fn shared<'a>(before: &'a Rows, after: &'a Rows) -> impl Iterator<Item = (&'a String, &'a Column, &'a Column)> {
    before.columns.iter().filter_map(|(name, from)| after.columns.get(name).map(|to| (name, from, to)))
}

fn lost_by_rowid(table: &str, before: &Rows, after: &Rows) -> Vec<String> {
    let now: BTreeMap<_, _> = after.all.iter().map(|(rowid, values)| (*rowid, values)).collect();
    let mut lost = Vec::new();
    for (rowid, values) in &before.all {
        let rowid = *rowid;
        let shown = rowid.unwrap_or_default();
        let Some(kept) = now.get(&rowid) else {
            lost.push(format!("row {shown} of {table} is gone"));
            continue;
        };
        for (column, from, to) in shared(before, after) {
            if !same_value(&values[column], &kept[column], from, to) {
                let (was, is) = (show(&values[column]), show(&kept[column]));
                lost.push(format!("row {shown} of {table}: {column} was {was} and is {is}"));
            }
        }
    }
    lost
}

fn lost_values(table: &str, before: &Rows, after: &Rows) -> Vec<String> {
    let had_null = |column: &String| before.all.iter().any(|(_, values)| values[column] == Value::Null);
    let columns: Vec<_> = shared(before, after)
        .filter(|(name, from, to)| from.ty == to.ty && !(to.not_null && had_null(name)))
        .map(|(name, _, _)| name)
        .collect();
    let project = |rows: &Rows| {
        let mut all: Vec<_> = rows
            .all
            .iter()
            .map(|(_, values)| columns.iter().map(|column| show(&values[*column])).collect::<Vec<_>>().join(" | "))
            .collect();
        all.sort();
        all
    };
    if project(before) == project(after) {
        return Vec::new();
    }
    vec![format!("the rows of {table} were {:?} and are {:?}", project(before), project(after))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sql: &str) -> AllRows {
        let connection = Connection::open_in_memory().expect("a database");
        connection.execute_batch(sql).unwrap_or_else(|error| panic!("{error} in {sql}"));
        AllRows::read(&connection).expect("the rows")
    }

    #[test]
    fn what_is_kept_is_not_lost() {
        let before = of("create table t (a text, b); insert into t(rowid, a, b) values (7, 'x', 1), (9, 'y', null)");
        let after = of("create table t (b, c, a text); insert into t(rowid, a, b) values (9, 'y', null), (7, 'x', 1)");
        assert_eq!(before.lost_in(&after), Vec::<String>::new());
    }

    #[test]
    fn every_loss_is_seen() {
        let before = of("create table t (a text, b); insert into t(rowid, a, b) values (7, 'x', 1)");
        for after in [
            "create table t (a text, b)",
            "create table t (a text, b); insert into t(rowid, a, b) values (1, 'x', 1)",
            "create table t (a text, b); insert into t(rowid, a, b) values (7, 'x', '1')",
            "create table t (a text, b); insert into t(rowid, a, b) values (7, null, 1)",
            "create table t (a text primary key, b) without rowid; insert into t values ('z', 1)",
        ] {
            assert!(!before.lost_in(&of(after)).is_empty(), "{after}");
        }
        let marked = "create table t (a integer primary key autoincrement); insert into t values (5); delete from t;";
        let forgotten =
            "create table t (a integer primary key autoincrement); insert into t values (1); delete from t;";
        assert_eq!(of(marked).lost_in(&of(forgotten)), ["the AUTOINCREMENT mark of t was 5 and is 1"]);
    }
}
