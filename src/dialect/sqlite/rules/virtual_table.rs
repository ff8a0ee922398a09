//! Virtual tables: a module answers for them, and no ALTER but RENAME reaches it. A change makes the table anew
//! and copies the rows by way of the module, where the module is one that holds rows of its own.

use crate::catalog::{Folding, Kind, Name, Object, ObjectId};
use crate::diff::Delta;
use crate::plan::{Context, Draft, Probe, Resource, Way};

use super::super::module::Module;
use super::super::render;
use super::super::sql::{quote, quote_list, string};
use super::{CLEARED, name, probes};

pub(super) fn way(cx: &Context<'_>, id: &ObjectId, delta: Delta) -> Way {
    Way::Recreate(match delta {
        Delta::Create => vec![create(cx, id)],
        Delta::Drop => vec![drop(id).asking(rows_of_its_own(cx, id))],
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
        .consuming([CLEARED, Resource::Old(id.clone())])
}

/// The rows that a drop would lose; an index over another table's rows has none.
fn rows_of_its_own(cx: &Context<'_>, id: &ObjectId) -> Option<Probe> {
    let over_another = module(cx.live.object(id)).is_some_and(|module| module.content().is_some());
    (!over_another).then(|| probes::rows_lost(cx, id))
}

fn module(object: Option<&Object>) -> Option<Module> {
    match object {
        Some(Object::VirtualTable(table)) => Module::parse(table.using.as_str()),
        _ => None,
    }
}

fn alter(cx: &Context<'_>, id: &ObjectId) -> Vec<Draft> {
    let anew = || vec![drop(id).asking(rows_of_its_own(cx, id)), create(cx, id)];
    let (Some(old), Some(new)) = (module(cx.live.object(id)), module(cx.desired.object(id))) else { return anew() };
    if let Some(content) = new.content() {
        // The rows are another table's: the index over them is made again from there.
        let table = quote(id.name().as_str());
        let of = ObjectId::top(Kind::Table, None, Name::new(content, Folding::Ascii));
        let mut drafts = anew();
        if let Some(made) = drafts.last_mut() {
            made.step.sql.push(format!("INSERT INTO {table} ({table}) VALUES ({})", string("rebuild")));
            made.prefers.push(Resource::New(of));
        }
        return drafts;
    }
    let kept = old.common_columns(&new);
    if !old.holds_rows() || !new.holds_rows() || kept.is_empty() {
        anew()
    } else {
        vec![copy(cx, id, &old, &new, &kept)]
    }
}

/// The rows go over by way of the modules. Renaming in its legacy form leaves the views and triggers that name
/// the table alone.
fn copy(cx: &Context<'_>, id: &ObjectId, old: &Module, new: &Module, kept: &[(&str, &str)]) -> Draft {
    let table = quote(id.name().as_str());
    let aside = format!("__trueup_old_{}", id.name());
    let scratch = quote(&aside);
    let (mut from, mut into): (Vec<&str>, Vec<&str>) = kept.iter().copied().unzip();
    if let (Some(old), Some(new)) = (old.option("languageid"), new.option("languageid")) {
        from.push(old);
        into.push(new);
    }
    // The first column of an R*Tree is its rowid; that of the others is apart.
    let rowid = if old.is("fts") && new.is("fts") { "rowid, " } else { "" };
    let (from, into) = (format!("{rowid}{}", quote_list(from)), format!("{rowid}{}", quote_list(into)));
    let mut sql = vec![
        "PRAGMA legacy_alter_table = ON".to_owned(),
        format!("ALTER TABLE {table} RENAME TO {scratch}"),
        "PRAGMA legacy_alter_table = OFF".to_owned(),
        render::create(cx.desired, id),
        format!("INSERT INTO {table} ({into}) SELECT {from} FROM {scratch}"),
    ];
    if old.is("fts5") && new.is("fts5") {
        // What was set by `INSERT INTO f (f, rank) VALUES ('rank', ...)` stands in a table beside it.
        let config = |name: &str| quote(&format!("{name}_config"));
        let (own, other) = (config(id.name().as_str()), config(&aside));
        sql.push(format!("INSERT OR REPLACE INTO {own} SELECT * FROM {other} WHERE k <> 'version'"));
    }
    sql.push(format!("DROP TABLE {scratch}"));
    let gone = old.columns.iter().filter(|column| !kept.iter().any(|(from, _)| from == column));
    let mut losses: Vec<Probe> = gone.map(|column| probes::virtual_values_lost(cx, id, column)).collect();
    if old.is("rtree") && !old.name.eq_ignore_ascii_case(&new.name) {
        losses.push(probes::loss_of(cx, id, "the coordinates of {rows} are written anew, as 1.5 becomes 1"));
    }
    Draft::of(id, format!("rebuild {id}"), sql)
        .destroying([Resource::Old(id.clone())])
        .producing([Resource::New(id.clone())])
        .consuming([CLEARED])
        .asking(losses)
}
