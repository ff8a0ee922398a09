//! `[virtual_table.search]`.

use crate::catalog::{Kind, Object, VirtualTable};

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering};
use super::{COMMON, Databases, Key, KeyIndex, OWNED, QUALIFIED, Section, Shape};

pub(super) static VIRTUAL_TABLE: Section = Section {
    word: "virtual_table",
    noun: "virtual table",
    kind: Some(Kind::VirtualTable),
    on: Databases::SQLITE,
    doc: "A table that a module answers for.",
    short: None,
    required: &["using"],
    index: KeyIndex::new(),
    keys: &[
        &[Key::new("using", Shape::Sql, "The module and its arguments: \"fts5(title, body)\".")
            .only(Databases::SQLITE)],
        QUALIFIED,
        OWNED,
        COMMON,
    ],
};

pub(super) fn lower(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &VIRTUAL_TABLE, declared.node);
    let Some((text, place)) = fields.text("using") else { return };
    let using = lowering.dialect.module(text);
    if lowering.insert(declared, Object::VirtualTable(VirtualTable { using }), vec![("using", place)]) {
        lowering.renamed_top(declared, &fields);
    }
}
