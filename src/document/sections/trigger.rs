//! `[table.order.trigger.touch]`, and those of views.

use crate::catalog::{Event, ForEach, Kind, Name, Object, Sql, Timing, Trigger};
use crate::diagnostic::{Diagnostic, Place};

use super::super::fields::Fields;
use super::super::lower::{Declared, Lowering, nearest_column};
use super::super::names::{self, EventText};
use super::super::precedes::Precedes;
use super::super::stored;
use super::{COMMON, Databases, Key, KeyIndex, NAMED, Section, Shape};

const PG: Databases = Databases::POSTGRES;
const MY: Databases = Databases::MYSQL;
const BODY: Databases = Databases::MYSQL.or(Databases::SQLITE);

pub(super) static TRIGGER: Section = Section {
    word: "trigger",
    noun: "trigger",
    kind: Some(Kind::Trigger),
    on: Databases::ANY,
    doc: "What is done when rows change.",
    short: None,
    required: &["timing", "events"],
    index: KeyIndex::new(),
    keys: &[KEYS, NAMED, COMMON],
};

static KEYS: &[Key] = &[
    Key::new("timing", Shape::Words(&["before", "after", "instead of"]), "When it fires; \"instead of\" is for views."),
    Key::new("events", Shape::Events, "On what it fires: \"insert\", \"update\", \"update of total\", \"delete\"."),
    Key::new("for_each", Shape::Words(&["row", "statement"]), "Whether it fires once a row or once a statement."),
    Key::new("when", Shape::Sql, "The condition under which it fires.").only(PG.or(Databases::SQLITE)),
    Key::new("body", Shape::Sql, "The statements it runs; in SQLite those between BEGIN and END.").only(BODY),
    Key::field("execute", Shape::Sql, "The function it calls: \"touch()\".").only(PG),
    Key::field("constraint", Shape::Bool, "Whether it can wait for the end of the transaction.").only(PG),
    Key::field("deferrable", Shape::Words(&["deferred", "immediate"]), "Whether it does.")
        .only(PG)
        .hint("`true` would be \"immediate\": write that, or \"deferred\""),
    Key::field("from", Shape::Table, "The other table of a constraint trigger.").only(PG),
    Key::new("referencing", Shape::Record(REFERENCING), "Names for the changed rows: { old_table, new_table }.")
        .stored_as("")
        .only(PG),
    Key::field("enabled", Shape::Enabled, "Whether it fires: true, false, \"always\" or \"replica\".").only(PG),
    Key::field("follows", Shape::Name, "The trigger it comes after.").only(MY),
    Key::new("precedes", Shape::Name, "The trigger it comes before.").only(MY),
    Key::new("definer", Shape::Text, "The account whose rights count.").only(MY),
];

static REFERENCING: &[Key] =
    &[Key::field("old_table", Shape::Name, "The old rows."), Key::field("new_table", Shape::Name, "The new rows.")];

pub(super) fn lower(lowering: &mut Lowering<'_>, declared: &Declared<'_>) {
    let fields = Fields::of(lowering.dialect, &TRIGGER, declared.node);
    let Some((timing, timing_place)) = fields.text("timing") else { return };
    let Some(timing) = [Timing::Before, Timing::After, Timing::InsteadOf].into_iter().find(|t| t.words() == timing)
    else {
        return;
    };
    let on_view = declared.id.parent().is_some_and(|parent| parent.kind() == Kind::View);
    // PostgreSQL has triggers for statements on views.
    let wrong = if PG.has(lowering.dialect.name()) {
        timing == Timing::InsteadOf && !on_view
    } else {
        on_view != (timing == Timing::InsteadOf)
    };
    if wrong {
        let (message, help) = if on_view {
            ("a trigger on a view fires instead of the change", "write `timing = \"instead of\"`")
        } else {
            ("a trigger on a table fires before or after the change", "\"instead of\" is for views")
        };
        lowering.error(message.to_owned(), &timing_place, "", help.to_owned());
    }
    if let Some(("statement", place)) = fields.text("for_each")
        && BODY.has(lowering.dialect.name())
    {
        let product = lowering.dialect.name().product();
        let help = "write `for_each = \"row\"`, or leave it out".to_owned();
        lowering.error(format!("triggers of {product} fire for each row"), &place, "", help);
    }
    let events = events(lowering, declared, &fields);
    let body = fields.text("body").map(|(text, place)| {
        let sql = if Databases::SQLITE.has(lowering.dialect.name()) {
            lowering.dialect.expression(text)
        } else {
            lowering.dialect.body(text)
        };
        (sql, place)
    });
    if PG.has(lowering.dialect.name()) && fields.text("execute").is_none() && !declared.unsure {
        let help = "write `execute = \"function()\"`: PostgreSQL's triggers call a function".to_owned();
        lowering.error(format!("`{}` has no `execute`", declared.id), &declared.place, "", help);
    }
    if body.is_none() && BODY.has(lowering.dialect.name()) {
        if !declared.unsure {
            let help = "write the statements in `body = \"\"\"...\"\"\"`".to_owned();
            lowering.error(format!("`{}` has no `body`", declared.id), &declared.place, "", help);
        }
        return;
    }
    if let Some((body, body_place)) = &body
        && Databases::SQLITE.has(lowering.dialect.name())
    {
        let begins = body.as_str().split(|c: char| !c.is_ascii_alphanumeric()).next();
        if begins.is_some_and(|word| word.eq_ignore_ascii_case("begin")) {
            let help = "write only the statements between BEGIN and END, each with its semicolon".to_owned();
            let message = "the body of a trigger stands here without its BEGIN and END".to_owned();
            lowering.error(message, body_place, "", help);
        }
    }
    let when = fields.sql("when");
    let mut attributes = vec![("timing", timing_place)];
    attributes.extend(body.iter().map(|(_, place)| ("body", *place)));
    attributes.extend(fields.get("events").map(|node| ("events", node.place)));
    attributes.extend(when.iter().map(|(_, place)| ("when", *place)));
    let for_each = fields
        .text("for_each")
        .and_then(|(word, _)| [ForEach::Row, ForEach::Statement].into_iter().find(|for_each| for_each.word() == word));
    let (options, more) = fields.options(Kind::Trigger);
    attributes.extend(more);
    // Only SQLite keeps apart what was not said and what is the default: a statement to PostgreSQL, a row to MySQL.
    let for_each = for_each.filter(|each| {
        let name = lowering.dialect.name();
        Databases::SQLITE.has(name) || (*each == ForEach::Row && PG.has(name))
    });
    let trigger = Trigger {
        timing,
        events,
        for_each,
        when: when.map(|(sql, _)| sql),
        body: body.map(|(sql, _)| sql),
        options,
        ..Trigger::default()
    };
    let object = Object::Trigger(trigger);
    let object = stored::extend(lowering, &TRIGGER, declared, &fields, object, &mut attributes);
    let Some(mut object) = object else { return };
    if let Object::Trigger(Trigger { execute: Some(execute), .. }) = &mut object {
        as_call(lowering, execute);
    }
    if let Some((text, place)) = fields.text("precedes")
        && let Ok(name) = names::name(text)
    {
        let next = Name::new(name, lowering.dialect.folding(Kind::Trigger));
        lowering.precedes.push(Precedes { id: declared.id.clone(), next, place });
    }
    if lowering.insert(declared, object, attributes) {
        lowering.renamed_child(declared, &fields);
    }
}

/// The function that a trigger calls may be named alone: `touch` is `touch()`.
pub(super) fn as_call(lowering: &Lowering<'_>, execute: &mut Sql) {
    if !execute.as_str().contains('(') {
        *execute = lowering.dialect.expression(&format!("{}()", execute.as_str()));
    }
}

fn events(lowering: &mut Lowering<'_>, declared: &Declared<'_>, fields: &Fields<'_>) -> Vec<Event> {
    let nodes = fields.get("events").and_then(|node| node.list()).unwrap_or_default();
    let mut events: Vec<Event> = Vec::new();
    for node in nodes {
        let Some(event) = node.text().and_then(|text| names::event(text).ok()) else { continue };
        let event = match event {
            EventText::Insert => Event::Insert,
            EventText::Delete => Event::Delete,
            EventText::Update(of) => {
                let of: Vec<_> = of.into_iter().map(|name| lowering.name(Kind::Column, name)).collect();
                for name in &of {
                    check_update_of(lowering, declared, name, &node.place);
                }
                Event::Update { of }
            }
            EventText::Truncate => Event::Truncate,
        };
        if events.iter().any(|known| std::mem::discriminant(known) == std::mem::discriminant(&event)) {
            let help = "name the columns of an update in one event: \"update of a, b\"".to_owned();
            lowering.error("this event is there already".to_owned(), &node.place, "", help);
        } else {
            events.push(event);
        }
    }
    events.sort_by_key(|event| match event {
        Event::Insert => 0,
        Event::Update { .. } => 1,
        Event::Delete => 2,
        Event::Truncate => 3,
    });
    if events.len() > 1 && BODY.has(lowering.dialect.name()) {
        let product = lowering.dialect.name().product();
        if let Some(node) = fields.get("events") {
            let help = "make one trigger for each event".to_owned();
            lowering.error(format!("a trigger of {product} fires on one event"), &node.place, "", help);
        }
    }
    events
}

/// SQLite takes a trigger for a column that is not there, which then never fires.
fn check_update_of(lowering: &mut Lowering<'_>, declared: &Declared<'_>, column: &Name, place: &Place) {
    let Some(table) = declared.id.parent().filter(|parent| parent.kind() == Kind::Table) else { return };
    let catalog = &lowering.desired.catalog;
    let inherits = catalog.object(table).is_some_and(|object| {
        object.parents().next().is_some() || matches!(object, Object::Table(table) if table.of_type.is_some())
    });
    if !catalog.contains(&table.child(Kind::Column, column.clone())) && !inherits && !lowering.is_unsure(table) {
        let help = nearest_column(catalog, table, column);
        lowering.found.push(
            Diagnostic::warning(format!("the trigger waits for the column `{column}`, which `{table}` does not have"))
                .at(*place, "no such column")
                .with_help(help),
        );
    }
}
