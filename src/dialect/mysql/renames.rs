//! What renames make of the live catalog: names in the structure follow, and so do the expressions of the table (`MariaDB`
//! rewrites them, for MySQL the rename does). The server rewrites no view, trigger or routine.

use crate::catalog::{Catalog, Entry, Folding, Kind, Name, Object, ObjectId, Part, PartOf, Sql};
use crate::dialect::Dialect as _;

use super::canonical;
use super::connect::Flavour;
use super::defaults;
use super::dialect::Mysql;
use super::sql::quote;
use super::tokens::significant;

/// The live catalog once these renames are done, one after the other.
pub(super) fn after(live: &Catalog, renames: &[(ObjectId, ObjectId)], dialect: &Mysql) -> Catalog {
    let mut catalog = done(live, renames, dialect.flavour);
    dialect.find_mentions(&mut catalog);
    catalog
}

/// The same without what the texts mention.
pub(super) fn done(live: &Catalog, renames: &[(ObjectId, ObjectId)], flavour: Flavour) -> Catalog {
    let mut catalog = live.clone();
    for (from, to) in renames {
        let named = |id: &ObjectId| with_table(id, from, to, flavour).unwrap_or_else(|| id.renamed(from, to));
        catalog = catalog.iter().map(|(id, entry)| (named(id), renamed(id, entry, from, to))).collect();
    }
    catalog
}

/// A constraint whose name the server made of its table's, and makes again of the new one: `t_ibfk_1`, MySQL's `t_chk_1`.
fn with_table(id: &ObjectId, from: &ObjectId, to: &ObjectId, flavour: Flavour) -> Option<ObjectId> {
    let mark = match id.kind() {
        Kind::ForeignKey => "_ibfk_",
        Kind::Check if flavour == Flavour::Mysql => "_chk_",
        _ => return None,
    };
    let _ = id.parent().filter(|table| *table == from && table.kind() == Kind::Table)?;
    let rest = id.name().as_str().strip_prefix(from.name().as_str())?;
    rest.starts_with(mark).then(|| {
        // As any name of its kind is matched.
        let name = Name::new(format!("{}{rest}", to.name()), Folding::Unicode);
        to.child(id.kind(), name)
    })
}

/// Expressions of a table's own that name a column, by its new name; nothing where none does.
pub(super) fn rewritten(object: &Object, from: &Name, to: &Name) -> Option<Object> {
    let mut object = object.clone();
    let (mut changed, mut is_default) = (false, false);
    let mut rewrite = |sql: &mut Sql| {
        if let Some(new) = with_new_name(sql.as_str(), from, to) {
            *sql = canonical::expression(&new);
            changed = true;
        }
    };
    match &mut object {
        Object::Check(check) => rewrite(&mut check.sql),
        Object::Column(column) => {
            let default = column.default.as_ref().and_then(|default| with_new_name(default.as_str(), from, to));
            if let Some(default) = default {
                column.default = Some(defaults::of(&default));
                is_default = true;
            }
            column.generated.iter_mut().for_each(|generated| rewrite(&mut generated.sql));
            column.check.iter_mut().for_each(&mut rewrite);
        }
        Object::Index(index) => {
            for part in &mut index.columns {
                if let PartOf::Sql(sql) = &mut part.of {
                    rewrite(sql);
                }
            }
        }
        Object::Table(table) => {
            table.partition_by.iter_mut().for_each(&mut rewrite);
            table.subpartition_by.iter_mut().for_each(&mut rewrite);
        }
        _ => {}
    }
    (changed || is_default).then_some(object)
}

/// A text in which a column has another name. What is called, or follows a dot, is none.
fn with_new_name(text: &str, from: &Name, to: &Name) -> Option<String> {
    let all: Vec<_> = significant(text).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (number, token) in all.iter().enumerate() {
        let is_column = token.identifier(text).is_some_and(|name| name.eq_ignore_ascii_case(from.as_str()));
        let calls = all.get(number + 1).is_some_and(|next| next.is_symbol(text, "("));
        let qualifies = all.get(number + 1).is_some_and(|next| next.is_symbol(text, "."));
        if is_column && !calls && !qualifies {
            out.push_str(text.get(at..token.start).unwrap_or_default());
            out.push_str(&quote(to.as_str()));
            at = token.end;
        }
    }
    (at > 0).then(|| out + text.get(at..).unwrap_or_default())
}

fn renamed(id: &ObjectId, entry: &Entry, from: &ObjectId, to: &ObjectId) -> Entry {
    let mut entry = entry.clone();
    // Siblings of a renamed column or trigger know it by its name.
    let own = from.parent().is_some() && id.is_within(from.parent().unwrap_or(id));
    let in_own = |name: &mut Name| {
        if own && *name == *from.name() {
            *name = to.name().clone();
        }
    };
    let parts = |parts: &mut Vec<Part>| {
        for part in parts {
            if let PartOf::Column(name) = &mut part.of {
                in_own(name);
            }
        }
    };
    let is_column = from.kind() == Kind::Column;
    if own
        && is_column
        && let Some(object) = rewritten(&entry.object, from.name(), to.name())
    {
        entry.object = object;
    }
    match &mut entry.object {
        Object::PrimaryKey(key) if is_column => parts(&mut key.columns),
        Object::Index(index) if is_column => parts(&mut index.columns),
        Object::ForeignKey(key) => {
            if is_column {
                key.columns.iter_mut().for_each(in_own);
                if from.parent() == Some(&key.references) {
                    for name in &mut key.ref_columns {
                        if *name == *from.name() {
                            *name = to.name().clone();
                        }
                    }
                }
            }
            key.references = key.references.renamed(from, to);
        }
        Object::Table(table) if is_column && own => {
            for period in &mut table.period {
                in_own(&mut period.from);
                in_own(&mut period.to);
            }
        }
        Object::Trigger(trigger) if from.kind() == Kind::Trigger => {
            if let Some(name) = &mut trigger.follows {
                in_own(name);
            }
        }
        _ => {}
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_its_new_name() {
        let (from, to) = (Name::exact("a"), Name::exact("select"));
        let new = |text| with_new_name(text, &from, &to);
        assert_eq!(new("(`a` > 0) and A < 'a'").as_deref(), Some("(`select` > 0) and `select` < 'a'"));
        assert_eq!(new("a(1) + `ab`"), None);
    }
}
