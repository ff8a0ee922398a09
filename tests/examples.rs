//! Every folder of `schema-examples` is valid, formatted, fits the JSON Schema, and goes all the way round.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::case::Expect;
use support::oracle::{difference, report};
use support::program::{Project, show_files, snapshot, trueup};
use support::server;

fn examples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema-examples");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    assert!(folders.len() >= 4, "{folders:?}");
    folders
}

/// The databases that an example is for, which its name says: one that says none is for SQLite.
fn dialects(example: &Path) -> &'static [&'static str] {
    let name = example.file_name().unwrap().to_string_lossy();
    match name.rsplit_once('-').map(|(_, last)| last) {
        Some("postgres") => &["postgres"],
        Some("mysql") => &["mysql"],
        Some("everywhere") => &["sqlite", "postgres", "mysql"],
        _ => &["sqlite"],
    }
}

/// A copy of an example in a folder of its own, so that nothing can be written to the original.
fn copy(example: &Path) -> (tempfile::TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path());
    for (path, bytes) in snapshot(example) {
        let target = project.schema.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    (folder, project)
}

#[test]
fn examples_are_valid_and_formatted() {
    for example in examples() {
        let (folder, project) = copy(&example);
        let schema = project.schema.display().to_string();
        for dialect in dialects(&example) {
            trueup(folder.path(), &["validate", "--dialect", dialect, "--schema", &schema]).must(0);
        }
        trueup(folder.path(), &["fmt", "--check", "--schema", &schema]).must(0);
        let before = snapshot(&project.schema);
        trueup(folder.path(), &["fmt", "--schema", &schema]).must(0);
        assert_eq!(snapshot(&project.schema), before, "fmt changes {}", example.display());
    }
}

#[test]
fn fmt_check_finds_what_is_not_formatted() {
    let (folder, project) = copy(&examples()[0]);
    let schema = project.schema.display().to_string();
    let file = project.schema.join(snapshot(&project.schema).into_keys().next().unwrap());
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen(" = ", "   =  ", 3)).unwrap();
    trueup(folder.path(), &["fmt", "--check", "--schema", &schema]).must(1);
    trueup(folder.path(), &["fmt", "--schema", &schema]).must(0);
    trueup(folder.path(), &["fmt", "--check", "--schema", &schema]).must(0);
    let comments =
        |text: &str| text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(comments(&fs::read_to_string(&file).unwrap()), comments(&text));
}

#[test]
fn examples_fit_the_json_schema() {
    let outcome = trueup(Path::new("."), &["json-schema"]).must(0);
    let schema: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for example in examples() {
        for (path, bytes) in snapshot(&example) {
            let table: toml::Table = toml::from_str(&String::from_utf8(bytes).unwrap()).unwrap();
            let instance = serde_json::to_value(table).unwrap();
            let errors: Vec<_> =
                validator.iter_errors(&instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{}/{}: {errors:#?}", example.display(), path.display());
        }
    }
    for wrong in ["[table.t]\nprimary_kye = [\"a\"]\n", "[tabel.t]\n", "[table.t.column]\na = 5\n"] {
        let table: toml::Table = toml::from_str(wrong).unwrap();
        assert!(!validator.is_valid(&serde_json::to_value(table).unwrap()), "the JSON Schema takes {wrong}");
    }
}

#[test]
fn examples_go_all_the_way_round() {
    for example in examples().into_iter().filter(|example| dialects(example).contains(&"sqlite")) {
        let (folder, project) = copy(&example);
        let files = snapshot(&project.schema);
        project.plan().must(2);
        assert!(
            !project.database.exists() || fs::metadata(&project.database).unwrap().len() == 0,
            "a plan made a database"
        );
        project.run("apply", &["--auto-approve"]).must(0);
        project.plan().must(0);
        project.run("apply", &["--auto-approve"]).must(0);
        project.import().must(0);
        assert_eq!(snapshot(&project.schema), files, "import after apply changed {}", example.display());

        let imported = Project { schema: folder.path().join("imported"), ..project.clone() };
        imported.import().must(0);
        imported.plan().must(0);
        let again = imported.of(&folder.path().join("again.db"));
        again.run("apply", &["--auto-approve"]).must(0);
        let (one, other) = (report(&project.database).unwrap(), report(&again.database).unwrap());
        let differs = difference(&one, &other);
        assert_eq!(differs, None, "{}\n{}", example.display(), show_files(&imported.schema));
    }
}

#[test]
fn examples_go_all_the_way_round_on_servers() {
    for (example, dialect) in examples().iter().flat_map(|path| dialects(path).iter().map(move |word| (path, *word))) {
        let servers = if dialect == "sqlite" { Vec::new() } else { server::of_dialect(dialect).unwrap() };
        for server in servers {
            let (folder, project) = copy(example);
            let new = |letter| server.create(folder.path(), letter, &Expect::default()).unwrap();
            let (one, other) = (new("a"), new("b"));
            let what = format!("{} on {}", example.display(), server.label());
            let files = snapshot(&project.schema);
            let project = project.at(&one.url());
            project.plan().must(2);
            project.run("apply", &["--auto-approve"]).must(0);
            project.plan().must(0);
            project.import().must(0);
            assert_eq!(snapshot(&project.schema), files, "import after apply changed {what}");

            let imported = Project { schema: folder.path().join("imported"), ..project.clone() };
            imported.import().must(0);
            imported.plan().must(0);
            imported.at(&other.url()).run("apply", &["--auto-approve"]).must(0);
            let differs = difference(&one.dump().unwrap(), &other.dump().unwrap());
            assert_eq!(differs, None, "{what}\n{}", show_files(&imported.schema));
        }
    }
}

/// The examples work as databases: rows go in, constraints hold, triggers fire.
#[test]
fn the_shop_sells() {
    let (_folder, project) = copy(&examples().into_iter().find(|path| path.ends_with("shop")).unwrap());
    project.apply().must(0);
    project.sql(
        "pragma foreign_keys = on;
         insert into customer (email) values ('Ada@example.org');
         insert into product (sku, title, price, stock) values ('A1', 'Apples', 120, 10);
         insert into \"order\" (customer_id) values (1);
         insert into item (order_id, product_id, quantity, price) values (1, 1, 3, 120);",
    );
    assert_eq!(project.value("select stock from product"), "7");
    assert_eq!(project.value("select email || total from open_order"), "'Ada@example.org360'");
    project.sql("delete from item");
    assert_eq!(project.value("select stock from product"), "10");
}

#[test]
fn the_library_finds() {
    let (_folder, project) = copy(&examples().into_iter().find(|path| path.ends_with("library-fts")).unwrap());
    project.apply().must(0);
    project.sql(
        "insert into book (title, authors, summary, published) values ('Emma', 'Jane Austen', 'A matchmaker errs', 1815);
         insert into book (title, authors, published) values ('Persuasion', 'Jane Austen', 1817);
         update book set summary = 'A second chance' where title = 'Persuasion';
         delete from book where title = 'Emma';
         insert into branch (name, longitude, latitude) values ('Town', 7.5, 47.5);
         insert into branch_place values (1, 7.5, 7.5, 47.5, 47.5);",
    );
    assert_eq!(project.value("select group_concat(rowid) from book_search where book_search match 'chances'"), "'2'");
    assert_eq!(project.value("select count(*) from book_search where book_search match 'matchmaker'"), "0");
    assert_eq!(project.value("select decade || label from book"), "'1810Persuasion (1817)'");
    // A change elsewhere leaves the index alone.
    let file = project.schema.join("library.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("name      = { type = \"text\", unique = true }", "name      = { type = \"text\", null = true }"),
    )
    .unwrap();
    project.apply().must(0);
    assert_eq!(project.value("select count(*) from book_search where book_search match 'chances'"), "1");
}

/// What the reference of the format shows of objects that only some databases have.
#[test]
fn the_reference_shows_what_works() {
    let page = include_str!("../docs/format.md");
    for (heading, dialect) in [("## Objects of PostgreSQL", "postgres"), ("## Objects of MySQL", "mysql")] {
        let section = page.split(heading).nth(1).unwrap();
        let toml = section.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
        for server in server::of_dialect(dialect).unwrap() {
            println!("on {}", server.label());
            let folder = tempfile::tempdir().unwrap();
            let database = server.create(folder.path(), "p", &Expect::default()).unwrap();
            let project = Project::new(folder.path()).at(&database.url());
            project.write_schema(toml);
            trueup(folder.path(), &["fmt", "--check", "--schema", &project.schema.display().to_string()]).must(0);
            project.run("apply", &["--auto-approve"]).must(0);
            project.plan().must(0);
            let imported = Project { schema: folder.path().join("imported"), ..project.clone() };
            imported.import().must(0);
            imported.plan().must(0);
        }
    }
}
