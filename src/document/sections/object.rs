//! Kinds of which every key is a field or an option: what they become without code of their own.

use crate::catalog::{Kind, Object, Sql};
use crate::dialect::DialectName;

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering};
use super::super::names;
use super::super::stored;
use super::super::tree::{self, Value};
use super::{Section, Shape, column, constraint, trigger};

/// The languages that are written as `SQL` or `PLpgSQL` too.
const LANGUAGES: [&str; 8] = ["sql", "plpgsql", "c", "internal", "plperl", "plpython3u", "pltcl", "plv8"];

/// Makes one object and what belongs to it. Gives back whether it was added.
pub(super) fn lower(lowering: &mut Lowering<'_>, section: &'static Section, declared: &Declared<'_>) -> bool {
    let fields = Fields::of(lowering.dialect, section, declared.node);
    let Some((mut object, attributes)) = stored::object(lowering, section, declared, &fields) else { return false };
    settle(lowering, declared, &fields, &mut object);
    if !lowering.insert(declared, object, attributes) {
        return false;
    }
    if declared.id.parent().is_none() {
        lowering.renamed_top(declared, &fields);
    } else {
        lowering.renamed_child(declared, &fields);
    }
    children(lowering, section, declared, &fields);
    true
}

/// What belongs to an object, by the sections of its keys.
pub(super) fn children(
    lowering: &mut Lowering<'_>,
    section: &'static Section,
    declared: &Declared<'_>,
    fields: &Fields<'_>,
) {
    for key in section.keys.iter().flat_map(|keys| keys.iter()) {
        let Shape::Children(below) = key.shape else { continue };
        let Some(kind) = below.kind.filter(|_| key.on.has(lowering.dialect.name())) else { continue };
        for item in fields.children(key.name) {
            let child = declared.child(lowering.dialect, kind, item, key.name);
            match kind {
                Kind::Column => column::lower(lowering, &child),
                Kind::Check => constraint::lower_check(lowering, declared, &child),
                Kind::Trigger => trigger::lower(lowering, &child),
                Kind::Index => super::index::lower(lowering, &child),
                _ => {
                    lower(lowering, below, &child);
                }
            }
        }
    }
    if declared.id.kind() == Kind::ForeignTable {
        for item in fields.children("column") {
            let child = declared.child(lowering.dialect, Kind::Column, item, "column");
            column::lower_sugar(lowering, declared, &child);
        }
        lowering.settle_nulls();
    }
}

/// What an object has that is no key of its own.
fn settle(lowering: &mut Lowering<'_>, declared: &Declared<'_>, fields: &Fields<'_>, object: &mut Object) {
    match object {
        Object::Composite(composite) => {
            let names = fields.children("attribute").map(|item| lowering.name(Kind::Attribute, &*item.key));
            composite.order = names.collect();
        }
        Object::Grant(grant) => {
            for list in [&mut grant.privileges, &mut grant.with_grant_option] {
                for privilege in list.iter_mut() {
                    *privilege = normal(privilege);
                }
                list.sort();
                list.dedup();
            }
        }
        Object::Publication(publication) => {
            publication.tables.sort();
            publication.schemas.sort();
        }
        Object::Function(routine) | Object::Procedure(routine) => {
            // Elsewhere there is no other language.
            if routine.language.is_empty() && lowering.dialect.name() == DialectName::Postgres {
                "sql".clone_into(&mut routine.language);
            }
            // Written as in SQL, where the case does not count; an odd language has its name as it is.
            if let Some(known) = LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(&routine.language)) {
                (*known).clone_into(&mut routine.language);
            }
            arguments_of_key(lowering, declared, &mut routine.arguments);
        }
        Object::Aggregate(aggregate) => arguments_of_key(lowering, declared, &mut aggregate.arguments),
        Object::EventTrigger(trigger) => {
            super::trigger::as_call(lowering, &mut trigger.execute);
            trigger.tags.iter_mut().for_each(|tag| tag.make_ascii_uppercase());
        }
        // It is the server's own, which is not said.
        Object::Collation(collation) => collation.provider = collation.provider.take().filter(|word| word != "libc"),
        Object::Enum(_) => {
            let values = fields.get("values").and_then(|node| node.list()).unwrap_or_default();
            for items in values.iter().filter_map(tree::Node::table) {
                let text = |key: &str| tree::find(items, key).and_then(|item| item.node.text()).map(str::to_owned);
                if let (Some(to), Some(from)) = (text("value"), text("renamed_from")) {
                    lowering.desired.intent.values.push((declared.id.clone(), from, to));
                }
            }
        }
        Object::Partition(partition) => {
            partition.position = lowering.next_partition(declared);
            if let Value::Text(text) = &declared.node.value {
                partition.values = Some(lowering.dialect.expression(text));
            }
        }
        _ => {}
    }
}

/// What the key says of the arguments need not be said again: `slug(title text, max integer default 60)`.
fn arguments_of_key(lowering: &Lowering<'_>, declared: &Declared<'_>, arguments: &mut Sql) {
    fn list(name: &str) -> Option<&str> {
        name.split_once('(')?.1.trim_end().strip_suffix(')')
    }
    let Some(types) = list(declared.id.name().as_str()).filter(|_| arguments.as_str().is_empty()) else { return };
    let key = declared.path.last().and_then(|key| names::key(key).ok());
    let written = key.as_ref().and_then(|key| list(&key.name));
    *arguments = lowering.dialect.expression(written.unwrap_or(types));
}

/// `Select ( id,email )` as `select (email, id)`: the order of its columns says nothing.
fn normal(privilege: &str) -> String {
    let Some((word, columns)) = privilege.split_once('(') else { return privilege.trim().to_lowercase() };
    let columns = columns.trim_end().trim_end_matches(')');
    let mut list: Vec<String> = columns.split(',').map(|column| column.trim().to_owned()).collect();
    list.sort_by_cached_key(|column| names::name(column).unwrap_or_default());
    format!("{} ({})", word.trim().to_lowercase(), list.join(", "))
}
