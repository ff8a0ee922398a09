//! Constraints as a table definition and ADD have them.

use std::fmt::Write as _;

use crate::catalog::{
    Action, Catalog, Deferrable, ForeignKey, Name, Object, ObjectId, OptionKey, Options, Parameters, Part,
};

use super::super::sql::{names, parameters, parenthesised, qualified, quote};
use super::index::part;

/// `CONSTRAINT c CHECK (a > 0)`, if it is one.
pub(in crate::dialect::postgres) fn constraint(catalog: &Catalog, id: &ObjectId) -> Option<String> {
    let own = format!("CONSTRAINT {} ", quote(id.name().as_str()));
    Some(match catalog.object(id)? {
        Object::PrimaryKey(key) => {
            let named = key.name.as_ref().map_or(String::new(), |name| format!("CONSTRAINT {} ", quote(name.as_str())));
            let columns = columns(&key.columns, key.without_overlaps);
            let tail = tail(&key.include, &key.with, &key.options);
            format!("{named}PRIMARY KEY ({columns}){tail}{}", deferrable(key.deferrable))
        }
        Object::Unique(unique) => {
            let nulls = if unique.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
            let columns = columns(&unique.columns, unique.without_overlaps);
            let tail = tail(&unique.include, &unique.with, &unique.options);
            format!("{own}UNIQUE{nulls} ({columns}){tail}{}", deferrable(unique.deferrable))
        }
        Object::Check(check) => {
            let mut sql = format!("{own}CHECK {}", parenthesised(check.sql.as_str()));
            sql.push_str(if check.no_inherit { " NO INHERIT" } else { "" });
            sql.push_str(if check.not_enforced {
                " NOT ENFORCED"
            } else if check.not_valid {
                " NOT VALID"
            } else {
                ""
            });
            sql
        }
        Object::ForeignKey(key) => format!("{own}{}", foreign_key(key)),
        Object::Exclusion(exclusion) => {
            let parts: Vec<String> = exclusion
                .columns
                .iter()
                .map(|one| format!("{} WITH {}", part(one), one.operator.as_ref().map_or("=", |sql| sql.as_str())))
                .collect();
            let method = quote(exclusion.method.as_deref().unwrap_or("btree"));
            let tail = tail(&exclusion.include, &exclusion.with, &exclusion.options);
            let rows = exclusion.predicate.as_ref();
            let rows = rows.map_or(String::new(), |sql| format!(" WHERE {}", parenthesised(sql.as_str())));
            format!(
                "{own}EXCLUDE USING {method} ({}){tail}{rows}{}",
                parts.join(", "),
                deferrable(exclusion.deferrable)
            )
        }
        _ => return None,
    })
}

fn columns(parts: &[Part], without_overlaps: bool) -> String {
    let list = names(parts.iter().filter_map(Part::as_column));
    if without_overlaps { format!("{list} WITHOUT OVERLAPS") } else { list }
}

fn tail(include: &[Name], with: &Parameters, options: &Options) -> String {
    let mut sql = String::new();
    if !include.is_empty() {
        let _ = write!(sql, " INCLUDE ({})", names(include));
    }
    if !with.is_empty() {
        let _ = write!(sql, " WITH {}", parameters(with));
    }
    if let Some(tablespace) = options.word(OptionKey::Tablespace) {
        let _ = write!(sql, " USING INDEX TABLESPACE {}", quote(tablespace));
    }
    sql
}

fn foreign_key(key: &ForeignKey) -> String {
    let period = |list: &[Name]| match list.split_last() {
        Some((last, [])) if key.period => format!("PERIOD {}", quote(last.as_str())),
        Some((last, rest)) if key.period => format!("{}, PERIOD {}", names(rest), quote(last.as_str())),
        _ => names(list),
    };
    let mut sql = format!("FOREIGN KEY ({}) REFERENCES {}", period(&key.columns), qualified(&key.references));
    if !key.ref_columns.is_empty() {
        let _ = write!(sql, " ({})", period(&key.ref_columns));
    }
    if let Some(matching) = key.matching.as_deref().filter(|word| !word.eq_ignore_ascii_case("simple")) {
        sql.push_str(if matching.eq_ignore_ascii_case("full") { " MATCH FULL" } else { " MATCH PARTIAL" });
    }
    if key.on_update != Action::NoAction {
        let _ = write!(sql, " ON UPDATE {}", key.on_update.words().to_ascii_uppercase());
    }
    if key.on_delete != Action::NoAction {
        let _ = write!(sql, " ON DELETE {}", key.on_delete.words().to_ascii_uppercase());
        if !key.on_delete_columns.is_empty() {
            let _ = write!(sql, " ({})", names(&key.on_delete_columns));
        }
    }
    sql.push_str(deferrable(key.deferrable));
    sql.push_str(if key.not_enforced {
        " NOT ENFORCED"
    } else if key.not_valid {
        " NOT VALID"
    } else {
        ""
    });
    sql
}

/// When a constraint is checked.
pub(super) fn deferrable(when: Deferrable) -> &'static str {
    match when {
        Deferrable::No => "",
        Deferrable::Immediate => " DEFERRABLE",
        Deferrable::Deferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}
