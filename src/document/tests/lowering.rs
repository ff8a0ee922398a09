//! What becomes of what people write.

use std::fmt::Write as _;

use super::{EXAMPLE, lowered, read, sources};
use crate::catalog::{Kind, Name, Object, ObjectId, OptionKey};
use crate::dialect::{self, Dialect};
use crate::document::{Desired, Document};

/// The catalog as JSON lines, in the order of ids.
fn listed(desired: &Desired) -> String {
    let mut out = String::new();
    for (id, entry) in desired.catalog.iter() {
        writeln!(out, "{id} @{} {}", entry.position, serde_json::to_string(&entry.object).unwrap()).unwrap();
    }
    out
}

fn table(name: &str) -> ObjectId {
    ObjectId::top(Kind::Table, None, Name::new(name, crate::catalog::Folding::Ascii))
}

fn column(of: &str, name: &str) -> ObjectId {
    table(of).child(Kind::Column, Name::new(name, crate::catalog::Folding::Ascii))
}

#[test]
fn the_example() {
    let desired = lowered(EXAMPLE);
    let catalog = listed(&desired);
    insta::assert_snapshot!(catalog);
    assert_eq!(desired.intent.renames, [(column("order", "amount"), column("order", "total"))]);
    assert_eq!(desired.intent.backfill_of(&column("order", "note")).unwrap().as_str(), "'none'");
    assert_eq!(desired.intent.using_of(&column("order", "note")).unwrap().as_str(), "trim(note)");
}

#[test]
fn short_and_long_forms_and_sugar_say_the_same() {
    let sugar = r#"
        [table.b.column]
        id = { type = "integer", primary_key = true, autoincrement = true }
        a  = { type = "int", null = true, unique = true, check = "a > 0", references = "b(id)", on_delete = "cascade", on_conflict = { unique = "replace", primary_key = "fail" } }
    "#
    .replace(", primary_key = \"fail\"", "");
    let long = r#"
        [table.b]
        primary_key = { columns = ["id"], autoincrement = true }
        column.id = { type = "integer" }
        column.a = { type = "int", null = true }
        unique.any = { columns = [{ column = "a" }], on_conflict = "replace", unnamed = true }
        check.label = { sql = "a > 0", unnamed = true }
        foreign_key.label = { columns = ["a"], references = "b(id)", on_delete = "cascade", unnamed = true }
    "#;
    assert_eq!(listed(&lowered(&sugar)).replace(['1', '2'], ""), listed(&lowered(long)).replace(['1', '2'], ""));
}

#[test]
fn equal_constraints_without_a_name_are_numbered() {
    let desired =
        lowered("[table.t]\ncolumn.a = { check = \"a > 0\" }\ncheck.b = { sql = \"a  >  0\", unnamed = true }");
    let names: Vec<_> =
        desired.catalog.iter().filter(|(id, _)| id.kind() == Kind::Check).map(|(id, _)| id.name().as_str()).collect();
    assert_eq!(names, ["a > 0", "a > 0 #2"]);
}

#[test]
fn defaults_keep_their_digits() {
    let text = "[table.t.column]\na = { default = 0.00 }\nb = { default = 1_000 }\nc = { default = -1 }\nd = { default = 0xFF }\ne = { default = 0b11 }\nf = { default = \"it's\" }\ng = { default = true }\nh = { default = { sql = \"a + 1\" } }\ni = { default = 1e3 }";
    let desired = lowered(text);
    let defaults: Vec<_> = desired
        .catalog
        .columns(&table("t"))
        .into_iter()
        .map(|(_, column)| column.default.as_ref().unwrap().as_str().to_owned())
        .collect();
    assert_eq!(defaults, ["0.00", "1000", "-1", "0xFF", "3", "'it''s'", "true", "a + 1", "1e3"]);
}

#[test]
fn a_value_for_each_database() {
    let desired = lowered(
        "[table.t.column]\na = { type = { postgres = \"jsonb\", sqlite = \"text\" } }\nb = { type = { mysql = \"json\" } }\nmysql = { type = \"int\", check = { postgres = \"false\", sqlite = \"mysql > 0\" } }\n",
    );
    let types: Vec<_> = desired
        .catalog
        .columns(&table("t"))
        .into_iter()
        .map(|(_, c)| c.ty.as_ref().map(|t| t.as_str().to_owned()))
        .collect();
    assert_eq!(types, [Some("text".to_owned()), None, Some("int".to_owned())]);
    assert!(desired.catalog.iter().any(|(id, _)| id.kind() == Kind::Check && id.name().as_str() == "mysql > 0"));
}

#[test]
fn tricky_names() {
    let text = r#"
        [table.'"a.b"'.column]
        "x.y" = {}
        "" = {}
        '"q"' = {}
        "🦀 'x'; drop table t; --" = { unique = true }
        "new\nline" = {}
        [table.'"a.b"']
        renamed_from = "\"old.name\""
        primary_key = ["\"x.y\" desc", "\"\"", "\"\"\"q\"\"\""]
        [table.we-ird.column]
        a = { references = "\"a.b\"(\"x.y\")" }
        [table.'"qu""ote"'.column]
        a = {}
    "#;
    let desired = lowered(text);
    let id = table("a.b");
    let key = desired.catalog.primary_key(&id).unwrap();
    let names: Vec<_> = key.columns.iter().map(|part| part.as_column().unwrap().as_str()).collect();
    assert_eq!(names, ["x.y", "", "\"q\""]);
    assert!(key.columns[0].order.is_descending());
    assert_eq!(desired.intent.renames, [(table("old.name"), id.clone())]);
    assert!(desired.catalog.contains(&table("qu\"ote")));
    let odd = table("we-ird");
    let foreign = desired.catalog.children(&odd).find(|(id, _)| id.kind() == Kind::ForeignKey).unwrap();
    assert!(foreign.1.references(foreign.0).contains(&id.child(Kind::Column, Name::exact("x.y"))));
}

#[test]
fn options_that_equal_their_default_are_absent() {
    let desired = lowered(
        "[table.t]\nstrict = true\nwithout_rowid = false\nprimary_key = { columns = [\"a desc\"], rowid_alias = false, name = \"pk\" }\ncolumn.a = { on_conflict = { not_null = \"abort\" } }\ncolumn.b = { on_conflict = { not_null = \"replace\" } }",
    );
    let Some(Object::Table(of)) = desired.catalog.object(&table("t")) else { panic!() };
    assert_eq!(of.options.iter().count(), 1);
    assert!(of.options.is_on(OptionKey::Strict));
    let key = desired.catalog.primary_key(&table("t")).unwrap();
    assert!(key.options.is_off(OptionKey::RowidAlias));
    assert_eq!(key.name.as_ref().unwrap().as_str(), "pk");
    let id = table("t");
    let columns = desired.catalog.columns(&id);
    assert!(columns[0].1.options.is_empty());
    assert_eq!(columns[1].1.options.word(OptionKey::OnConflict), Some("replace"));
}

#[test]
fn origins_lead_back_to_the_text() {
    let text = "[table.b]\nignore = [\"comment\"]\n[table.b.column]\nid = { type = \"integer\", primary_key = true }\na  = { check = \"a > 0\", references = \"b\" }\n[table.b.index]\ni = { columns = [\"a\"], where = \"a > 1\" }\n";
    let desired = lowered(text);
    let files = sources(&[text]);
    let at = |id: &ObjectId, attribute| {
        let place = desired.place(id, attribute).unwrap();
        files.get(place.file).unwrap().text[place.span()].to_owned()
    };
    let path = |id: &ObjectId| desired.origins.get(id).unwrap().path.join("/");
    let of = |kind| desired.catalog.iter().find(|(id, _)| id.kind() == kind).unwrap().0.clone();
    assert_eq!(path(&of(Kind::Table)), "table/b");
    assert_eq!(
        (at(&column("b", "id"), None), at(&column("b", "id"), Some("type"))),
        ("id".into(), "\"integer\"".into())
    );
    assert_eq!(path(&table("b").primary_key()), "table/b/column/id/primary_key");
    assert_eq!(path(&of(Kind::Check)), "table/b/column/a/check");
    assert_eq!(at(&of(Kind::Check), Some("sql")), "\"a > 0\"");
    assert_eq!(path(&of(Kind::ForeignKey)), "table/b/column/a/references");
    assert_eq!(path(&of(Kind::Index)), "table/b/index/i");
    assert_eq!(at(&of(Kind::Index), Some("where")), "\"a > 1\"");
    assert_eq!(desired.intent.ignore, [(table("b"), vec!["comment".to_owned()])]);
}

#[test]
fn order_is_that_of_the_text() {
    // The header of a table may follow those of what belongs to it.
    let desired = lowered("[table.z.column]\nb = {}\na = {}\n[table.y.column]\na = {}\n[table.z]\nstrict = true");
    let names: Vec<_> =
        desired.catalog.columns(&table("z")).into_iter().map(|(id, _)| id.name().as_str().to_owned()).collect();
    assert_eq!(names, ["b", "a"]);
    let position = |name| desired.catalog.get(&table(name)).unwrap().position;
    assert!(position("z") < position("y"));
}

#[test]
fn many_tables() {
    let mut text = String::new();
    for n in 0..5_000 {
        writeln!(text, "[table.t{n}]\nprimary_key = [\"id\"]\n[table.t{n}.column]\nid = {{ type = \"integer\" }}")
            .unwrap();
        for c in 0..8 {
            writeln!(text, "c{c} = {{ type = \"text\", null = true, default = \"x\" }}").unwrap();
        }
        writeln!(text, "r = {{ type = \"integer\", references = \"t{}(id)\" }}", n / 2).unwrap();
        writeln!(text, "[table.t{n}.index]\nt{n}_c1 = [\"c1\", \"c2 desc\"]").unwrap();
    }
    assert_eq!(read(&[&text]).unwrap().catalog.len(), 5_000 * 14);
}

#[test]
fn the_examples_of_the_reference_are_right() {
    let reference = include_str!("../../../docs/format.md");
    let blocks: Vec<_> =
        reference.split("```toml\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect();
    assert!(blocks.len() > 4);
    let whole = blocks.iter().find(|block| block.contains("[view.open_order]")).unwrap();
    assert!(lowered(whole).warnings.is_empty());
    // The others are parts of a table whose columns are not shown.
    for block in blocks {
        let said = super::said(&[block]);
        let shape = ["unknown key", "cannot be read", "is not a value", "wrong place", "not TOML", ", not a"];
        assert!(!shape.iter().any(|words| said.contains(words)), "{said}");
    }
}

#[test]
fn some_databases_and_not_others() {
    let of = |only: &str| format!("only = {only}\n[table.t.column]\na = {{ type = \"int\" }}");
    for (only, databases) in [
        (r#"["mysql"]"#, "mysql mariadb"),
        (r#"["mysql", "!mariadb"]"#, "mysql"),
        (r#"["mariadb", "sqlite"]"#, "mariadb sqlite"),
        (r#"["!sqlite"]"#, "postgres mysql mariadb"),
        (r#"["!mysql", "!mariadb"]"#, "postgres sqlite"),
    ] {
        let sees = |dialect: &&&dyn Dialect| {
            Document::parse(sources(&[&of(only)])).unwrap().lower(**dialect).unwrap().catalog.contains(&table("t"))
        };
        let all: Vec<_> = dialect::all().iter().filter(sees).map(|dialect| dialect.name().word()).collect();
        assert_eq!(all.join(" "), databases, "{only}");
    }
}
