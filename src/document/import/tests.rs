//! Documents that are raised, changed by hand, and imported into.
#![allow(clippy::unwrap_used, clippy::panic, clippy::format_push_string)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::catalog::{
    Action, Check, Column, ForeignKey, Index, Object, OptionKey, OptionValue, Options, PrimaryKey, Table, Trigger,
    Unique, View,
};
use crate::diagnostic::Place;
use crate::document::Origin;
use crate::document::raise::child_path;
use crate::document::raise::sugar::{Home, homes};
use crate::document::raise::tests::{Build, SHOP, Tiny, column, foreign_key, name, parts, set, shop, sql, text_of};

/// What reading the raised text of a catalog would give.
fn desired_of(catalog: &Catalog, sources: &Sources) -> Desired {
    let mut desired = Desired { catalog: catalog.clone(), ..Desired::default() };
    let file = sources.iter().next().unwrap().0;
    let mut homes_of = BTreeMap::new();
    for (id, _) in catalog.iter() {
        let root = root_path(id.root());
        let homes = homes_of.entry(id.root()).or_insert_with(|| homes(catalog, id.root(), &Tiny));
        let path = match (id.kind(), homes.get(id)) {
            (kind, _) if kind.is_top_level() => root,
            (Kind::PrimaryKey, _) => [root, vec!["primary_key".to_owned()]].concat(),
            (_, Some(Home::Column { column, attributes })) => {
                let mut path = child_path(&root, Kind::Column, column.name().as_str());
                path.push(attributes[0].path[0].to_owned());
                path
            }
            (kind, Some(Home::Section { key })) => child_path(&root, kind, key),
            (kind, None) => child_path(&root, kind, id.name().as_str()),
        };
        let place = Place::new(file, 0..0);
        desired.origins.insert(
            id.clone(),
            Origin { file, path: path.iter().map(|key| key.as_str().into()).collect(), place, attributes: Vec::new() },
        );
    }
    desired
}

fn import_text(old: &Catalog, text: &str, new: &Catalog) -> (String, Vec<ObjectId>) {
    let mut sources = Sources::default();
    sources.add("schema.toml", text);
    let desired = desired_of(old, &sources);
    let done = import(Some((&sources, &desired)), new, &Tiny, Layout::default()).unwrap();
    let new_text = match done.files.as_slice() {
        [] => text.to_owned(),
        [file] => file.text.clone().unwrap_or_default(),
        more => panic!("{more:?}"),
    };
    (new_text, done.replaced)
}

/// The short form where the long one says no more, with the keys sorted.
fn shortest(value: &toml::Value) -> String {
    match value.as_table() {
        Some(table) if table.len() == 1 => format!("{:?}", table.values().next().unwrap()),
        _ => sorted(value),
    }
}

fn sorted(value: &toml::Value) -> String {
    match value.as_table() {
        Some(table) => format!("{:?}", table.iter().collect::<BTreeMap<_, _>>()),
        None => format!("{value:?}"),
    }
}

/// What a text says, whether as sugar or not, and whatever its labels.
fn facts(text: &str) -> Vec<String> {
    let document: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut facts = Vec::new();
    let empty = toml::Table::new();
    let section =
        |table: &toml::Table, word: &str| table.get(word).map_or(empty.clone(), |v| v.as_table().unwrap().clone());
    for (kind, objects) in &document {
        for (of, object) in objects.as_table().unwrap() {
            let object = object.as_table().unwrap();
            facts.push(format!("{kind} {of}"));
            for (key, value) in object.iter().filter(|(_, value)| !value.is_table()) {
                facts.push(format!("{of} {key} {value:?}"));
            }
            if let Some(key) = object.get("primary_key").filter(|key| key.is_table()) {
                facts.push(format!("{of} primary_key {}", shortest(key)));
            }
            for (called, column) in section(object, "column") {
                let mut column = column.as_table().unwrap().clone();
                let list = toml::Value::Array(vec![called.as_str().into()]);
                let mut take = |key: &str| column.remove(key);
                if take("unique").is_some() {
                    facts.push(format!("{of} unique {list:?}"));
                }
                if let Some(check) = take("check") {
                    facts.push(format!("{of} check {check:?}"));
                }
                if let Some(to) = take("references") {
                    let (delete, update) = (take("on_delete"), take("on_update"));
                    facts.push(format!("{of} fk {list:?} {to:?} {delete:?} {update:?}"));
                }
                let mut rest: Vec<_> = column.iter().map(|(k, v)| format!("{k} = {}", sorted(v))).collect();
                rest.sort();
                facts.push(format!("{of} column {called} {rest:?}"));
            }
            for (key, value) in section(object, "unique") {
                let unnamed = value.get("unnamed").is_some();
                facts.push(if unnamed {
                    format!("{of} unique {:?}", value["columns"])
                } else {
                    format!("{of} {key} {value:?}")
                });
            }
            for (key, value) in section(object, "check") {
                let unnamed = value.get("unnamed").is_some();
                facts.push(if unnamed {
                    format!("{of} check {:?}", value["sql"])
                } else {
                    format!("{of} {key} {value:?}")
                });
            }
            for (_, value) in section(object, "foreign_key") {
                let (delete, update) = (value.get("on_delete").cloned(), value.get("on_update").cloned());
                facts.push(format!("{of} fk {:?} {:?} {delete:?} {update:?}", value["columns"], value["references"]));
            }
            for word in ["index", "trigger"] {
                facts.extend(
                    section(object, word).iter().map(|(key, value)| format!("{of} {word} {key} {}", shortest(value))),
                );
            }
        }
    }
    facts.sort();
    facts
}

#[test]
fn nothing_changes_where_nothing_differs() {
    let catalog = shop().catalog;
    let text = format!("# mine\r\n{}", SHOP.replace("  ", " "));
    assert_eq!(import_text(&catalog, &text, &catalog), (text, Vec::new()));
}

#[test]
fn only_what_differs_is_edited() {
    let old = shop().catalog;
    let text = SHOP
        .replace("[table.customer]\n", "#:schema x\n# who buys\n[table.customer]\ncomment = \"c\" # here\n")
        .replace(
            "status      = { type = \"text\"",
            "# how far\nstatus = {type = { postgres = \"order_status\", sqlite = \"text\" }",
        )
        .replace("order_named   =", "# named\norder_named   =")
        .replace("total       = {", "# the sum\ntotal       = {");
    let mut new = shop();
    let id = |kind, called: &str| ObjectId::top(kind, None, name(called));
    let (order, customer) = (id(Kind::Table, "order"), id(Kind::Table, "customer"));
    // The type and a new default of one column, another column that comes, one that goes.
    let status = order.child(Kind::Column, name("status"));
    new.catalog.get_mut(&status).unwrap().object = Object::Column(column("varchar"));
    new.catalog.remove(&order.child(Kind::Column, name("cents")));
    let note = Column { null: true, ..column("text") };
    new.child(&order, "note", Object::Column(note));
    new.catalog.get_mut(&order.child(Kind::Column, name("note"))).unwrap().position =
        new.catalog.get(&status).unwrap().position;
    // A foreign key that acts otherwise, a check that goes, an index that becomes unique, a new one.
    let keys: Vec<_> = new
        .catalog
        .children(&order)
        .filter(|(id, _)| id.kind() == Kind::ForeignKey)
        .map(|(id, _)| id.clone())
        .collect();
    for key in keys {
        if let Object::ForeignKey(key) = &mut new.catalog.get_mut(&key).unwrap().object
            && key.matching.is_none()
        {
            key.on_delete = Action::NoAction;
            key.on_update = Action::Cascade;
        }
    }
    new.catalog.remove(&order.child(Kind::Check, name("order_named")));
    let by_customer = Index { columns: parts(&["customer_id"]), unique: true, predicate: None, ..Index::default() };
    new.catalog.get_mut(&order.child(Kind::Index, name("order_by_customer"))).unwrap().object =
        Object::Index(by_customer);
    let index = Index { columns: parts(&["tier"]), unique: false, predicate: None, ..Index::default() };
    new.child(&customer, "customer_tier", Object::Index(index));
    new.catalog.remove(&id(Kind::VirtualTable, "search"));
    let refund = new.table("refund");
    new.child(&refund, "order_id", Object::Column(column("integer")));
    new.unnamed(&refund, Object::ForeignKey(foreign_key("order_id", &order, &[])));
    let (text, replaced) = import_text(&old, &text, &new.catalog);
    assert_eq!(replaced, []);
    let expected = r#"#:schema x
# who buys
[table.customer]
comment = "c" # here
primary_key = ["id"]

[table.customer.column]
id    = { type = "integer", autoincrement = true }
email = { type = "text", collation = "nocase", on_conflict = { not_null = "ignore", unique = "replace" }, unique = true }
tier  = { type = "integer", null = true, default = 0, check = "tier between 0 and 9" }

[table.customer.index]
customer_tier = ["tier"]

[table.order]
primary_key = ["id"]

[table.order.column]
id          = { type = "integer" }
customer_id = { type = "integer", references = "customer(id)", on_update = "cascade" }
note        = { type = "text", null = true }
# how far
status = {type = { postgres = "order_status", sqlite = "varchar" } }
# the sum
total       = { type = "numeric(12,2)", default = 0.00 }
"placed at" = { type = "text", default = { sql = "current_timestamp" } }

[table.order.check]
order_check_1 = { sql = "total >= 0", unnamed = true }
order_check_2 = { sql = "total < 1000", unnamed = true }

[table.order.foreign_key]
order_customer_id_fkey = { columns = ["customer_id"], references = "customer", match = "full", unnamed = true }

[table.order.index]
order_by_customer = { columns = ["customer_id"], unique = true }
"#;
    assert_eq!(text.get(..expected.len()), Some(expected), "{text}");
    assert!(
        text.contains("[table.refund.column]\norder_id = { type = \"integer\", references = \"order\" }\n\n[view"),
        "{text}"
    );
    assert!(text.ends_with("from \"order\"\n\"\"\"\n"), "{text}");
}

#[test]
fn into_an_empty_folder() {
    let done = import(None, &shop().catalog, &Tiny, Layout::default()).unwrap();
    assert_eq!(done.files, [FileChange { path: "schema.toml".into(), text: Some(SHOP.to_owned()), is_new: true }]);
    let done = import(None, &shop().catalog, &Tiny, Layout::ByKind).unwrap();
    let files: Vec<_> = done.files.iter().map(|file| file.path.display().to_string()).collect();
    assert_eq!(files, ["tables.toml", "views.toml", "virtual_tables.toml"]);
}

#[test]
fn a_block_is_replaced_where_it_stands() {
    let catalog = shop().catalog;
    let id = ObjectId::top(Kind::Table, None, name("customer"));
    let block = raise_object(&catalog, &id, &Tiny);
    let odd = SHOP.replacen("primary_key = [\"id\"]", "primary_key = [\"email\"]", 1).replace('\n', "\r\n");
    let mut editor = Editor::new(&odd, Tiny.name()).unwrap();
    let eol = editor.eol();
    editor.replace(&root_path(&block.id), block.render(eol));
    let text = editor.finish();
    assert_eq!(text.replace("\r\n", "\n"), SHOP);
    assert!(text.contains("primary_key = [\"id\"]\r\n\r\n[table.customer.column]\r\n"));
}

/// A catalog of a few tables from a few choices.
fn catalogs() -> impl Strategy<Value = Catalog> {
    let table = (any::<u32>(), prop::collection::vec(any::<u16>(), 1..4));
    prop::collection::btree_map(0..4_u8, table, 0..4).prop_map(|tables| {
        let mut b = Build::default();
        for (n, (bits, columns)) in tables {
            let t = b.top(Kind::Table, &format!("t{n}"), Object::Table(table_of(bits)));
            let on = |bit: u32| bits & (1 << bit) != 0;
            let last = ["c0", "c1", "c2"][columns.len() - 1];
            for (i, bits) in columns.iter().enumerate() {
                add_column(&mut b, &t, &format!("c{i}"), *bits);
            }
            if on(1) {
                let mut key = PrimaryKey {
                    name: on(2).then(|| name("pk")),
                    columns: parts(&["c0"]),
                    options: Options::default(),
                    ..PrimaryKey::default()
                };
                set(
                    &mut key.options,
                    Kind::PrimaryKey,
                    OptionKey::Autoincrement,
                    OptionValue::Bool(on(3) && !columns.is_empty()),
                );
                b.add(&t.primary_key(), Object::PrimaryKey(key));
            }
            for i in 4..7 {
                if on(i) {
                    let index = Index {
                        columns: parts(&["c0", last]),
                        unique: on(i + 8),
                        predicate: on(i + 11).then(|| sql("c0 > 1")),
                        ..Index::default()
                    };
                    b.child(&t, &format!("i{i}"), Object::Index(index));
                }
            }
            if on(7) {
                b.child(
                    &t,
                    "named",
                    Object::Check(Check {
                        unnamed: false,
                        sql: sql(if on(8) { "a" } else { "b\nc" }),
                        ..Check::default()
                    }),
                );
            }
            if on(9) {
                b.unnamed(
                    &t,
                    Object::Unique(Unique {
                        unnamed: true,
                        columns: parts(&["c0", last]),
                        options: Options::default(),
                        ..Unique::default()
                    }),
                );
            }
            if on(10) {
                let body = if on(11) { "select 1;\n" } else { "select 'a';\n\nselect \\2" };
                let trigger = Trigger {
                    timing: crate::catalog::Timing::After,
                    for_each: None,
                    events: vec![crate::catalog::Event::Insert],
                    when: None,
                    body: Some(sql(body)),
                    ..Trigger::default()
                };
                b.child(&t, "tr", Object::Trigger(trigger));
            }
            if on(18) {
                let query = View {
                    query: sql(if on(19) { "select 1" } else { "select\n2\n" }),
                    column_names: Vec::new(),
                    ..View::default()
                };
                b.top(Kind::View, &format!("v{n}"), Object::View(query));
            }
        }
        b.catalog
    })
}

fn table_of(bits: u32) -> Table {
    let mut table = Table::default();
    set(&mut table.options, Kind::Table, OptionKey::Strict, OptionValue::Bool(bits & 1 == 1));
    table
}

fn add_column(b: &mut Build, table: &ObjectId, called: &str, bits: u16) {
    let on = |bit: u32| bits & (1 << bit) != 0;
    let mut one = Column {
        null: on(0),
        default: on(1).then(|| sql(if on(2) { "now()" } else { "'x'" })),
        ..column(if on(3) { "text" } else { "int" })
    };
    if on(4) && !on(0) {
        set(&mut one.options, Kind::Column, OptionKey::OnConflict, OptionValue::Text("ignore".into()));
    }
    let id = b.child(table, called, Object::Column(one));
    if on(5) {
        let mut unique =
            Unique { unnamed: true, columns: parts(&[called]), options: Options::default(), ..Unique::default() };
        if on(6) {
            set(&mut unique.options, Kind::Unique, OptionKey::OnConflict, OptionValue::Text("replace".into()));
        }
        b.unnamed(table, Object::Unique(unique));
    }
    for (bit, text) in [(7, "> 1"), (8, "> 2")] {
        if on(bit) {
            let check = b.unnamed(
                table,
                Object::Check(Check { unnamed: true, sql: sql(&format!("{called} {text}")), ..Check::default() }),
            );
            b.mentions(&check, &[&id]);
        }
    }
    for (bit, to) in [(9, "t0"), (10, "t1")] {
        if on(bit) {
            let target = ObjectId::top(Kind::Table, None, name(to));
            let action = if on(bit + 2) { Action::Cascade } else { Action::NoAction };
            let key = ForeignKey {
                on_delete: action,
                on_update: if on(13) { Action::SetNull } else { Action::NoAction },
                ..foreign_key(called, &target, &[])
            };
            b.unnamed(table, Object::ForeignKey(key));
        }
    }
}

/// The text with comments, other spacing and line ends of Windows, as people leave it.
fn by_hand(text: &str, seed: u8) -> String {
    let mut out = String::new();
    for (i, line) in text.lines().enumerate() {
        if seed & 1 == 1 && (line.starts_with('[') || line.contains(" = {")) {
            out.push_str(&format!("# comment {i}\n"));
        }
        let line =
            if seed & 2 == 2 && line.ends_with(" }") { line.replace("  ", " ") + " # behind" } else { line.to_owned() };
        let spread = seed & 4 == 4 && line.ends_with(" }") && !line.contains("sql") && line.matches('{').count() == 1;
        out.push_str(&if spread { line.replace(", ", ",\n  ").replace(" }", "\n}") } else { line });
        out.push('\n');
    }
    out
}

/// What a text says, read as every document is.
fn lowered(text: &str) -> (Sources, Desired) {
    let mut sources = Sources::default();
    sources.add("schema.toml", text);
    let document = crate::document::Document::parse(sources.clone()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    (sources, document.lower(&Tiny).unwrap_or_else(|error| panic!("{error}\n{text}")))
}

fn same(a: &Catalog, b: &Catalog) -> bool {
    a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.0 == b.0 && a.1.object == b.1.object)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn reading_gives_back_what_was_written(old in catalogs(), new in catalogs(), seed in 0..8_u8) {
        let text = by_hand(&text_of(&old), seed);
        let (sources, desired) = lowered(&text);
        prop_assert!(same(&desired.catalog, &old), "{text}");
        let done = import(Some((&sources, &desired)), &old, &Tiny, Layout::default()).unwrap();
        prop_assert_eq!(done.files, vec![]);
        let done = import(Some((&sources, &desired)), &new, &Tiny, Layout::default()).unwrap();
        let text = done.files.first().map_or(Some(text), |file| file.text.clone()).unwrap_or_default();
        prop_assert!(same(&lowered(&text).1.catalog, &new), "{text}");
    }

    #[test]
    fn says_what_the_live_catalog_has(old in catalogs(), new in catalogs(), seed in 0..8_u8) {
        let text = by_hand(&text_of(&old), seed);
        let (text, replaced) = import_text(&old, &text, &new);
        prop_assert_eq!(facts(&text), facts(&text_of(&new)), "{}", text);
        prop_assert_eq!(replaced, vec![]);
    }

    #[test]
    fn raised_text_is_formatted(catalog in catalogs()) {
        let text = text_of(&catalog);
        prop_assert_eq!(crate::document::fmt::format(&text).unwrap(), text);
    }

    #[test]
    fn formatting_keeps_values_and_comments(catalog in catalogs(), seed in 0..8_u8, crlf: bool) {
        let text = by_hand(&text_of(&catalog), seed);
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let once = crate::document::fmt::format(&text).unwrap();
        prop_assert_eq!(&crate::document::fmt::format(&once).unwrap(), &once);
        prop_assert_eq!(toml::from_str::<toml::Table>(&once).unwrap(), toml::from_str::<toml::Table>(&text).unwrap());
        prop_assert_eq!(once.matches("# ").count(), text.matches("# ").count());
    }
}

#[test]
fn ten_thousand_tables_take_no_longer_each_than_one() {
    let build = |change: bool| {
        let mut b = Build::default();
        for n in 0..10_000 {
            let table = b.table(&format!("t{n}"));
            for c in 0..5 {
                b.child(
                    &table,
                    &format!("c{c}"),
                    Object::Column(column(if change && c == 3 { "text" } else { "int" })),
                );
            }
        }
        b.catalog
    };
    let (old, new) = (build(false), build(true));
    let start = std::time::Instant::now();
    let (text, replaced) = import_text(&old, &text_of(&old), &new);
    assert_eq!(replaced, []);
    assert_eq!(text.matches("c3 = { type = \"text\" }").count(), 10_000);
    assert_eq!(crate::document::fmt::format(&text).unwrap(), text);
    // Minutes, if anything looked at every table for every table.
    assert!(start.elapsed().as_secs() < 30);
}

#[test]
fn objects_of_a_table_in_another_file_are_edited_there() {
    let mut sources = Sources::default();
    let table = "[table.t.column]\na = { type = \"int\" }\nb = { type = \"int\", primary_key = true }\n";
    let indexes = "# indexes\n[table.t.index]\nia = [\"a\"] # one\nib = [\"b\"]\n";
    sources.add("schema/t.toml", table);
    sources.add("schema/i.toml", indexes);
    let desired = crate::document::Document::parse(sources.clone()).unwrap().lower(&Tiny).unwrap();
    let mut live = desired.catalog.clone();
    let t = ObjectId::top(Kind::Table, None, name("t"));
    live.remove(&t.child(Kind::Index, name("ib")));
    live.remove(&t.primary_key());
    let index = live.get_mut(&t.child(Kind::Index, name("ia"))).unwrap();
    index.object =
        Object::Index(Index { columns: parts(&["a", "b"]), unique: false, predicate: None, ..Index::default() });
    let done = import(Some((&sources, &desired)), &live, &Tiny, Layout::default()).unwrap();
    let files: Vec<_> =
        done.files.iter().map(|file| (file.path.to_str().unwrap(), file.text.as_deref().unwrap())).collect();
    let table = "[table.t.column]\na = { type = \"int\" }\nb = { type = \"int\" }\n";
    let indexes = "# indexes\n[table.t.index]\nia = [\"a\", \"b\"] # one\n";
    assert_eq!(files, [("schema/t.toml", table), ("schema/i.toml", indexes)]);
    assert_eq!(done.replaced, []);
    live.remove(&t.child(Kind::Index, name("ia")));
    let done = import(Some((&sources, &desired)), &live, &Tiny, Layout::default()).unwrap();
    assert_eq!(done.files[1], FileChange { path: "schema/i.toml".into(), text: None, is_new: false });
}
