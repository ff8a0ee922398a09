//! Views and materialised views.

use std::fmt::Write as _;

use crate::catalog::{ObjectId, OptionKey, View};

use super::super::sql::{names, parameters, qualified, quote};

/// `CREATE VIEW public.v AS SELECT ...`.
pub(in crate::dialect::postgres) fn view(id: &ObjectId, view: &View, replace: bool) -> String {
    let kind = match (view.materialized, replace) {
        (true, _) => "MATERIALIZED VIEW",
        (false, true) => "OR REPLACE VIEW",
        (false, false) => "VIEW",
    };
    let mut sql = format!("CREATE {kind} {}", qualified(id));
    if !view.column_names.is_empty() {
        let _ = write!(sql, " ({})", names(&view.column_names));
    }
    if let Some(method) = view.options.word(OptionKey::AccessMethod) {
        let _ = write!(sql, " USING {}", quote(method));
    }
    if !view.with.is_empty() {
        let _ = write!(sql, " WITH {}", parameters(&view.with));
    }
    if let Some(tablespace) = view.options.word(OptionKey::Tablespace) {
        let _ = write!(sql, " TABLESPACE {}", quote(tablespace));
    }
    let query = view.query.as_str().trim().trim_end_matches(';').trim_end();
    let _ = write!(sql, " AS\n{query}");
    if query.rsplit('\n').next().is_some_and(|line| line.contains("--")) {
        sql.push('\n');
    }
    if view.materialized && view.without_data {
        sql.push_str(" WITH NO DATA");
    }
    match view.options.word(OptionKey::CheckOption) {
        Some("local") => sql.push_str("\nWITH LOCAL CHECK OPTION"),
        Some(_) => sql.push_str("\nWITH CASCADED CHECK OPTION"),
        None => {}
    }
    sql
}
