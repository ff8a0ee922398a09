//! What a copy of a table takes from the old one: an expression for each column of the new one.

use crate::catalog::{Catalog, Column, Name, Object, ObjectId, OptionKey, Sql};
use crate::plan::Context;

use super::super::sql::{parenthesised, quote};

/// Where the value of a new column comes from.
#[derive(Debug, Clone)]
pub(super) enum Source<'a> {
    /// The old column of the same name.
    Kept,
    /// The old column of another name, where no ALTER can rename it.
    From(&'a ObjectId),
    /// An expression that people wrote: `using`, or `backfill` of a new column.
    Written(&'a Sql),
    /// The old column, and where it is NULL this.
    Filled(&'a ObjectId, &'a Sql),
    /// The column's default.
    Default,
}

/// A column of the new table that takes values.
#[derive(Debug)]
pub(super) struct Target<'a> {
    pub(super) id: &'a ObjectId,
    pub(super) column: &'a Column,
    /// The column as it was.
    pub(super) old: Option<&'a Column>,
    pub(super) source: Source<'a>,
}

impl Target<'_> {
    /// The expression to select from the old table; none where the default does it.
    pub(super) fn expression(&self) -> Option<String> {
        let name = quote(self.id.name().as_str());
        match self.source {
            Source::Kept => Some(name),
            Source::Written(sql) => Some(parenthesised(sql.as_str())),
            Source::From(old) => Some(quote(old.name().as_str())),
            Source::Filled(old, sql) => {
                Some(format!("coalesce({}, {})", quote(old.name().as_str()), parenthesised(sql.as_str())))
            }
            Source::Default => None,
        }
    }
}

/// The columns of the new table that take values. Generated ones make their own.
pub(super) fn targets<'a>(cx: &Context<'a>, table: &'a ObjectId) -> Vec<Target<'a>> {
    let plain = cx.desired.columns(table).into_iter().filter(|(_, column)| column.generated.is_none());
    plain
        .map(|(id, column)| {
            let from =
                cx.renames.remade.get(id).filter(|old| cx.live.contains(old) && !cx.live.contains(id)).unwrap_or(id);
            let old = match cx.live.object(from) {
                Some(Object::Column(old)) => Some(old),
                _ => None,
            };
            let becomes_not_null = !column.null && old.is_some_and(|old| old.null);
            let source = match (old, cx.intent.using_of(id), cx.intent.backfill_of(id)) {
                (Some(old), Some(using), _) if old.ty != column.ty => Source::Written(using),
                (Some(_), _, Some(backfill)) if becomes_not_null => Source::Filled(from, backfill),
                (Some(_), _, _) if from != id => Source::From(from),
                (Some(_), _, _) => Source::Kept,
                (None, _, Some(backfill)) => Source::Written(backfill),
                (None, _, None) => Source::Default,
            };
            Target { id, column, old, source }
        })
        .collect()
}

/// The column that is the table's rowid under another name: a lone INTEGER primary key.
pub(super) fn rowid_alias(catalog: &Catalog, table: &ObjectId) -> Option<Name> {
    let key = catalog.primary_key(table)?;
    let [part] = key.columns.as_slice() else { return None };
    let name = part.as_column()?;
    let (_, column) = catalog.columns(table).into_iter().find(|(id, _)| id.name() == name)?;
    let integer = column.ty.as_ref().is_some_and(|ty| ty.as_str().eq_ignore_ascii_case("integer"));
    (has_rowid(catalog, table) && integer && !key.options.is_off(OptionKey::RowidAlias)).then(|| name.clone())
}

pub(super) fn has_rowid(catalog: &Catalog, table: &ObjectId) -> bool {
    matches!(catalog.object(table), Some(Object::Table(table)) if !table.options.is_on(OptionKey::WithoutRowid))
}

/// The word by which a table's rowid can be read and written: one that no column of either table takes.
pub(super) fn rowid_word(cx: &Context<'_>, table: &ObjectId) -> Option<&'static str> {
    let taken = |word: &str| {
        let of =
            |catalog: &Catalog| catalog.columns(table).iter().any(|(id, _)| id.name().key().eq_ignore_ascii_case(word));
        of(cx.live) || of(cx.desired)
    };
    ["rowid", "_rowid_", "oid"].into_iter().find(|word| !taken(word))
}

/// Whether the copy has to name the rowid: both tables have one, and no column that is copied is it.
pub(super) fn copies_rowid(cx: &Context<'_>, table: &ObjectId, targets: &[Target<'_>]) -> bool {
    let both = has_rowid(cx.live, table) && has_rowid(cx.desired, table);
    let carried = rowid_alias(cx.desired, table)
        .is_some_and(|alias| targets.iter().any(|target| *target.id.name() == alias && target.expression().is_some()));
    both && !carried
}
