//! Tables with all that their CREATE can have in it.

use std::fmt::Write as _;

use crate::catalog::{Catalog, ForeignTable, Generated, Kind, Object, ObjectId, OptionKey, Sql, Table};

use super::super::sql::{options, parameters, qualified, quote};
use super::column::{definition, generated};
use super::constraint::constraint;

/// `CREATE TABLE public.t (...)` with its columns and constraints, foreign keys aside.
pub(in crate::dialect::postgres) fn table(catalog: &Catalog, id: &ObjectId, table: &Table) -> String {
    let kind = if table.options.is_on(OptionKey::Unlogged) { "UNLOGGED TABLE" } else { "TABLE" };
    let body = body(catalog, id, table.partition_of.is_none() && table.of_type.is_none());
    let mut sql = format!("CREATE {kind} {}", qualified(id));
    if let Some(ty) = &table.of_type {
        let _ = write!(sql, " OF {}", ty.as_str());
    }
    sql.push_str(&origin(&body, table.partition_of.as_ref(), table.values.as_ref(), table.of_type.is_some()));
    sql.push_str(&inherits(&table.inherits));
    if let Some(by) = &table.partition_by {
        let _ = write!(sql, " PARTITION BY {}", by.as_str());
    }
    if let Some(method) = table.options.word(OptionKey::AccessMethod) {
        let _ = write!(sql, " USING {}", quote(method));
    }
    if !table.with.is_empty() {
        let _ = write!(sql, " WITH {}", parameters(&table.with));
    }
    if let Some(tablespace) = table.options.word(OptionKey::Tablespace) {
        let _ = write!(sql, " TABLESPACE {}", quote(tablespace));
    }
    sql
}

/// `CREATE FOREIGN TABLE public.t (...) SERVER s`.
pub(in crate::dialect::postgres) fn foreign_table(catalog: &Catalog, id: &ObjectId, table: &ForeignTable) -> String {
    let body = body(catalog, id, table.partition_of.is_none());
    let mut sql = format!("CREATE FOREIGN TABLE {}", qualified(id));
    sql.push_str(&origin(&body, table.partition_of.as_ref(), table.values.as_ref(), false));
    sql.push_str(&inherits(&table.inherits));
    let _ = write!(sql, " SERVER {}{}", quote(table.server.as_str()), options(&table.options));
    sql
}

fn origin(body: &[String], partition_of: Option<&ObjectId>, values: Option<&Sql>, typed: bool) -> String {
    let list = match body {
        [] => "()".to_owned(),
        lines => format!("(\n    {}\n)", lines.join(",\n    ")),
    };
    match partition_of {
        Some(parent) => {
            let list = if body.is_empty() { String::new() } else { format!(" {list}") };
            format!(" PARTITION OF {}{list} {}", qualified(parent), bound(values))
        }
        None if typed && body.is_empty() => String::new(),
        None => format!(" {list}"),
    }
}

fn inherits(parents: &[ObjectId]) -> String {
    if parents.is_empty() {
        return String::new();
    }
    format!(" INHERITS ({})", parents.iter().map(qualified).collect::<Vec<_>>().join(", "))
}

/// Which rows a partition has: `FOR VALUES IN ('us')`, `DEFAULT`.
pub(in crate::dialect::postgres) fn bound(values: Option<&Sql>) -> String {
    let text = values.map_or("default", |sql| sql.as_str().trim());
    let lower = text.to_ascii_lowercase();
    match () {
        () if lower == "default" => "DEFAULT".to_owned(),
        () if lower.starts_with("for values") => text.to_owned(),
        () => format!("FOR VALUES {text}"),
    }
}

/// Columns in their order, then constraints. What has no type of its own comes from elsewhere and is altered after, but for
/// what a partition computes otherwise than the whole.
fn body(catalog: &Catalog, id: &ObjectId, own_columns: bool) -> Vec<String> {
    let columns = || catalog.columns(id).into_iter();
    let own = columns().filter(|(_, column)| own_columns && column.ty.is_some());
    let mut lines: Vec<String> = own.map(|(id, column)| definition(id, column)).collect();
    let otherwise = columns().filter_map(|(id, column)| {
        let own =
            column.generated.as_ref().filter(|own| generated_above(catalog, id).is_some_and(|above| above != *own))?;
        Some(format!("{} {}", quote(id.name().as_str()), generated(own)))
    });
    lines.extend(otherwise);
    let constraints = catalog.children(id).filter(|(_, entry)| match &entry.object {
        Object::PrimaryKey(_) | Object::Unique(_) | Object::Exclusion(_) => true,
        // Said after, or it would be checked at once or be valid at once.
        Object::Check(check) => !check.not_valid,
        _ => false,
    });
    lines.extend(constraints.filter_map(|(id, _)| constraint(catalog, id)));
    lines
}

/// More levels of partitions than anybody has; those of a TOML may go in a circle.
const DEPTH: usize = 100;

/// The expression of the whole of which this is the column of a partition.
fn generated_above<'c>(catalog: &'c Catalog, column: &ObjectId) -> Option<&'c Generated> {
    let whole = |table: &ObjectId| catalog.object(table).and_then(Object::partition_of);
    let above = std::iter::successors(whole(column.root()), |table| whole(table));
    let mut above = above.take(DEPTH);
    above.find_map(|table| match catalog.object(&table.child(Kind::Column, column.name().clone())) {
        Some(Object::Column(above)) => above.generated.as_ref(),
        _ => None,
    })
}
