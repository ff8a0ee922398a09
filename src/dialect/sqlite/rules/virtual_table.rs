//! Virtual tables: a module answers for them, and no ALTER but RENAME reaches it. A change makes the table anew
//! and copies the rows by way of the module, where the module is one that holds rows of its own.

use crate::catalog::{Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Resource, Way};

use super::super::render;
use super::super::sql::{quote, quote_list, string};
use super::super::tokens::{TokenKind, significant, unquote};
use super::{CLEARED, name, probes};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    Way::InPlace(match delta {
        Delta::Create => vec![create(cx, id)],
        Delta::Drop => vec![drop(id).asking([probes::rows_lost(cx, id)])],
        Delta::Alter => alter(cx, id),
    })
}

fn create(cx: &Context<'_>, id: &ObjectId) -> Draft {
    Draft::new(id, format!("create {id}"), render::create(cx.desired, id))
        .producing([Resource::New(id.clone()), name(id)])
}

fn drop(id: &ObjectId) -> Draft {
    Draft::new(id, format!("drop {id}"), format!("DROP TABLE {}", quote(id.name().as_str())))
        .destroying([Resource::Old(id.clone()), name(id)])
        .consuming([CLEARED])
}

fn alter(cx: &Context<'_>, id: &ObjectId) -> Vec<Draft> {
    let modules = (module(cx.live.object(id)), module(cx.desired.object(id)));
    let (Some(old), Some(new)) = modules else { return vec![drop(id), create(cx, id)] };
    let table = quote(id.name().as_str());
    if let Some(content) = new.option("content").filter(|content| !content.is_empty()) {
        // The rows are another table's: the index over them is made again from there.
        let refill = format!("INSERT INTO {table} ({table}) VALUES ({})", string("rebuild"));
        let source = crate::catalog::Name::new(content, crate::catalog::Folding::Ascii);
        let of = ObjectId::top(crate::catalog::Kind::Table, None, source);
        let mut made = create(cx, id).preferring([Resource::New(of)]);
        made.step.sql.push(refill);
        return vec![drop(id), made];
    }
    let kept: Vec<&str> = new
        .columns
        .iter()
        .filter(|column| old.columns.iter().any(|other| other.eq_ignore_ascii_case(column)))
        .map(String::as_str)
        .collect();
    if !old.holds_rows() || !new.holds_rows() || kept.is_empty() {
        return vec![drop(id).asking([probes::rows_lost(cx, id)]), create(cx, id)];
    }
    let aside = format!("__trueup_old_{}", id.name());
    let scratch = quote(&aside);
    let mut list = quote_list(kept);
    // The first column of an R*Tree is its rowid.
    if old.is("fts") && new.is("fts") {
        list = format!("rowid, {list}");
    }
    let sql = vec![
        format!("ALTER TABLE {table} RENAME TO {scratch}"),
        render::create(cx.desired, id),
        format!("INSERT INTO {table} ({list}) SELECT {list} FROM {scratch}"),
        format!("DROP TABLE {scratch}"),
    ];
    vec![
        Draft::of(id, format!("rebuild {id}"), sql)
            .destroying([Resource::Old(id.clone())])
            .producing([Resource::New(id.clone()), super::ALTERED])
            .consuming([CLEARED]),
    ]
}

/// A module with its arguments, as FTS and R*Tree read them.
struct Module {
    name: String,
    columns: Vec<String>,
    options: Vec<(String, String)>,
}

impl Module {
    fn is(&self, prefix: &str) -> bool {
        self.name.to_ascii_lowercase().starts_with(prefix)
    }

    fn option(&self, key: &str) -> Option<&str> {
        self.options.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    }

    /// Whether it keeps the rows that were put into it, so that they can be read back whole.
    fn holds_rows(&self) -> bool {
        (self.is("fts") || self.is("rtree")) && self.option("content").is_none()
    }
}

fn module(object: Option<&Object>) -> Option<Module> {
    let Some(Object::VirtualTable(table)) = object else { return None };
    let sql = table.using.as_str();
    let tokens: Vec<_> = significant(sql).collect();
    let mut module = Module { name: tokens.first()?.identifier(sql)?, columns: Vec::new(), options: Vec::new() };
    let inside = tokens.get(2..tokens.len().saturating_sub(1)).unwrap_or_default();
    for argument in inside.split(|token| token.text(sql) == ",") {
        let word = |at: usize| {
            argument.get(at).map(|token| match token.kind {
                TokenKind::String => unquote(token.text(sql)),
                _ => token.identifier(sql).unwrap_or_else(|| token.text(sql).to_owned()),
            })
        };
        match (word(0), argument.get(1).map(|token| token.text(sql))) {
            (Some(key), Some("=")) => module.options.push((key, word(2).unwrap_or_default())),
            (Some(column), _) => module.columns.push(column.trim_start_matches('+').to_owned()),
            (None, _) => {}
        }
    }
    Some(module)
}
