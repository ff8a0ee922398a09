//! What the command line prints, as snapshots in `tests/snapshots`: help texts and the main outputs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use std::fs;
use std::path::Path;

use support::program::{Outcome, Project, trueup};
use tempfile::TempDir;

const COMMANDS: [&str; 10] =
    ["plan", "apply", "import", "validate", "fmt", "show", "graph", "json-schema", "init", "completions"];

const BEFORE: &str = "
create table customer (id integer primary key, mail text not null);
create table \"order\" (id integer primary key, customer_id integer references customer (id), total text, state text);
create index order_old on \"order\" (state);
create table coupon_2019 (code text);
insert into customer values (1, 'a@example.org');
insert into \"order\" values (1, 1, '12', 'paid'), (2, 1, '7', 'open');
insert into coupon_2019 values ('A'), ('B'), ('C');
";

const SCHEMA: &str = r#"# The shop.
[table.customer]
primary_key = ["id"]

[table.customer.column]
id    = { type = "integer" }
email = { type = "text", renamed_from = "mail" }
name  = { type = "text", null = true }

[table.order]
primary_key = ["id"]

[table.order.column]
id          = { type = "integer" }
customer_id = { type = "integer", null = true, references = "customer(id)", on_delete = "cascade" }
total       = { type = "integer", default = 0 }
status      = { type = "text", null = true, renamed_from = "state" }

[table.order.index]
order_by_customer = ["customer_id", "id desc"]

[table.order.check]
order_total_check = "total >= 0"

[table.refund]
primary_key = ["id"]

[table.refund.column]
id       = { type = "integer" }
order_id = { type = "integer", references = "order(id)" }

[view.open_order]
query = "select id, total from \"order\" where status = 'open'"
"#;

fn project() -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path());
    project.sql(BEFORE);
    project.write_schema(SCHEMA);
    (folder, project)
}

/// Compares with a snapshot; what differs from run to run is aside.
fn snapshot(name: &str, project: &Project, outcome: &Outcome) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        let code = outcome.code.map_or_else(String::new, |code| code.to_string());
        let text = format!("exit code {code}\n--- stdout\n{}--- stderr\n{}", outcome.out, outcome.err);
        insta::assert_snapshot!(name, settle(&text, &project.folder));
    });
}

/// Folders, times, versions and digests are not the same on every machine.
fn settle(text: &str, folder: &Path) -> String {
    let text = text.replace(&folder.display().to_string(), "FOLDER");
    let text = text.replace(&format!("SQLite {}", rusqlite::version()), "SQLite VERSION");
    let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let mut settled = String::new();
    for line in text.lines() {
        let words: Vec<_> = line.split(' ').map(settle_word).collect();
        settled += words.join(" ").trim_end();
        settled.push('\n');
    }
    settled
}

fn settle_word(word: &str) -> String {
    let core = word.trim_matches(|c: char| "\",.:;()".contains(c));
    let is_digest = core.len() >= 12 && core.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digest && core.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.replace(core, "DIGEST");
    }
    let number = core.strip_suffix("ms").or_else(|| core.strip_suffix("µs")).or_else(|| core.strip_suffix('s'));
    let is_time =
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    if is_time { word.replace(core, "TIME") } else { word.to_owned() }
}

#[test]
fn help() {
    let (folder, project) = project();
    snapshot("help", &project, &trueup(folder.path(), &["--help"]).must(0));
    for command in COMMANDS {
        snapshot(&format!("help_{command}"), &project, &trueup(folder.path(), &[command, "--help"]).must(0));
    }
    trueup(folder.path(), &["--version"]).must(0).says(env!("CARGO_PKG_VERSION"));
}

#[test]
fn plan_in_every_format() {
    let (_folder, project) = project();
    snapshot("plan_text", &project, &project.plan().must(2));
    for format in ["json", "sql", "markdown"] {
        snapshot(&format!("plan_{format}"), &project, &project.run("plan", &["--format", format]).must(0));
    }
}

#[test]
fn plan_without_changes() {
    let (_folder, project) = project();
    project.apply().must(0);
    snapshot("plan_clean", &project, &project.plan().must(0));
    snapshot("plan_clean_json", &project, &project.run("plan", &["--format", "json"]).must(0));
}

#[test]
fn apply_refused_and_done() {
    let (_folder, project) = project();
    snapshot("apply_refused", &project, &project.run("apply", &["--auto-approve"]).must(3));
    snapshot("apply_done", &project, &project.apply().must(0));
    snapshot("apply_nothing", &project, &project.apply().must(0));
}

#[test]
fn plan_sql_can_be_run_by_hand() {
    let (folder, project) = project();
    let sql = project.run("plan", &["--format", "sql"]).must(0).out;
    let by_hand = project.of(&folder.path().join("by_hand.db"));
    fs::copy(&project.database, &by_hand.database).unwrap();
    // The first line is for the sqlite3 shell.
    by_hand.sql(&sql.replace(".bail on\n", ""));
    by_hand.plan().must(0);
    assert_eq!(by_hand.value("select group_concat(id || total || status) from \"order\""), "'112paid,27open'");
}

#[test]
fn target_and_exclude_select() {
    let (_folder, project) = project();
    let targeted = project.run("plan", &["--target", "table.refund"]).must(0);
    assert!(!targeted.text().contains("coupon_2019"), "{targeted}");
    targeted.says("table.refund");
    let excluded = project.run("plan", &["--exclude", "table.coupon_2019"]).must(0);
    assert!(!excluded.text().contains("coupon_2019"), "{excluded}");
    excluded.says("table.refund");
    project.run("apply", &["--auto-approve", "--exclude", "table.coupon_2019"]).must(0);
    assert_eq!(project.value("select count(*) from coupon_2019"), "3");
}

/// What is selected cannot be made without what the selection leaves out, until that is there.
#[test]
fn a_selection_says_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path());
    project.write_schema(
        "[table.a.column]\nid = { type = \"integer\", primary_key = true }\n\
         [table.b.column]\na_id = { type = \"integer\", references = \"a(id)\" }\n\
         [view.v]\nquery = \"select id from a\"\n\
         [view.other]\nquery = \"select 1 as a\"\n",
    );
    project.run("plan", &["--target", "view.other"]).must(0);
    for selection in [["--target", "table.b"], ["--target", "view.v"], ["--exclude", "table.a"]] {
        project.run("plan", &selection).must(1).says("it needs table.a, which the database does not have");
    }
    project.run("apply", &["--auto-approve", "--target", "table.a"]).must(0);
    project.run("apply", &["--auto-approve", "--exclude", "table.a"]).must(0);
    project.run("plan", &["--detailed-exitcode"]).must(0);
}

/// What gets another name is one object, whichever of its names is said.
#[test]
fn either_name_selects_a_rename() {
    const SAID: &str = "[table.n]\nrenamed_from = \"o\"\nprimary_key = [\"id\"]\n[table.n.column]\n\
         id = { type = \"integer\" }\nx = { type = \"text\", null = true }\nb = { type = \"text\", null = true, renamed_from = \"a\" }\n";
    let both = ["renamed from o", "renamed from a"];
    for (flag, id, done) in [
        ("--target", "table.n", both.as_slice()),
        ("--target", "table.o", &both),
        ("--target", "table.n.column.x", &both[..1]),
        ("--exclude", "table.n", &[]),
        ("--exclude", "table.o", &[]),
        ("--exclude", "table.n.column.b", &both[..1]),
        ("--exclude", "table.o.column.a", &both[..1]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let project = Project::new(folder.path());
        project.sql("create table o (id integer primary key, a text); insert into o values (1, 'kept')");
        project.write_schema(SAID);
        let plan = project.run("plan", &[flag, id]).must(0);
        for word in both {
            assert_eq!(plan.text().contains(word), done.contains(&word), "{flag} {id}: {plan}");
        }
        project.run("apply", &["--auto-approve", flag, id]).must(0);
        project.apply().must(0);
        project.plan().must(0);
        assert_eq!(project.value("select b from n"), "'kept'", "{flag} {id}");
    }
}

#[test]
fn what_matches_nothing_is_told() {
    let (folder, project) = project();
    let misspelled = project.run("plan", &["--target", "table.refnd"]).must(1).says("did you mean `table.refund`?");
    assert!(!misspelled.text().contains("there is"), "{misspelled}");
    // All addresses, where they are few, stand there once.
    let few = Project::new(&folder.path().join("few"));
    fs::create_dir(&few.folder).unwrap();
    few.sql("create table t (a int)");
    few.write_schema("[table.t.column]\na = { type = \"int\", null = true }\n");
    few.run("plan", &["--target", "view.none"]).must(1).says("there is `table.t` and `table.t.column.a`");
    let manage = "[manage]\nprotect = [\"table.order\", \"table.custmer\"]\nexclude = [\"table.tmp_*\"]\n";
    fs::write(folder.path().join("trueup.toml"), manage).unwrap();
    let plan = project.run("plan", &["--exclude", "view.gone"]).must(0);
    let plan = plan.says("[manage] protect: `table.custmer` matches nothing").says("[manage] exclude: `table.tmp_*`");
    let plan = plan.says("--exclude: `view.gone` matches nothing");
    assert!(!plan.text().contains("`table.order` matches"), "{plan}");
    project
        .run("apply", &["--auto-approve", "--allow", "table.coupon"])
        .must(3)
        .says("--allow: `table.coupon` matches");
}

#[test]
fn import_writes_what_people_would() {
    let (folder, project) = project();
    project.apply().must(0);
    let imported = Project { schema: folder.path().join("imported"), ..project.clone() };
    imported.import().must(0);
    let text = support::program::show_files(&imported.schema);
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("import", text);
    });
}

#[test]
fn import_edits_only_what_differs() {
    let (_folder, project) = project();
    project.apply().must(0);
    project.sql("alter table customer add column phone text; create index customer_name on customer (name);");
    project.import().must(0);
    let text = fs::read_to_string(project.schema.join("schema.toml")).unwrap();
    let kept = SCHEMA.lines().filter(|line| !text.contains(line)).collect::<Vec<_>>();
    assert!(kept.is_empty(), "gone: {kept:#?}\n{text}");
    assert!(text.contains("phone") && text.contains("customer_name"), "{text}");
    project.plan().must(0);
    project.sql("drop index customer_name; alter table customer drop column phone");
    project.import().must(0);
    assert_eq!(fs::read_to_string(project.schema.join("schema.toml")).unwrap(), SCHEMA);
}

#[test]
fn import_keeps_what_other_databases_have() {
    let (_folder, project) = project();
    fs::create_dir(project.folder.join("fresh")).unwrap();
    let project = project.of(&project.folder.join("fresh/db.db"));
    let schema = r#"
[table.p]
primary_key = ["id"]
[table.p.column]
id = { type = "integer" }
name = { type = { postgres = "citext", sqlite = "text" }, null = true } # chosen
gone = { type = "text", null = true }
[table.p.index]
p_name = ["name"]
p_both = { columns = ["id"], where = { postgres = "id > 1", sqlite = "id > 0" } }
p_listed = { columns = ["id"], only = ["sqlite", "postgres"] }

[table.q.column]
a = { type = { mysql = "bigint", sqlite = "integer" } }

[table.r.column]
a = { type = "integer" }

[table.s]
only = ["sqlite", "mysql", "!mariadb"]

[table.s.column]
a = { type = "integer" }
"#;
    project.write_schema(schema);
    let other = "only = [\"postgres\"]\n[table.x.column]\na = { type = \"int\" }\n[view.w]\nquery = \"select 1\"\n";
    fs::write(project.schema.join("other.toml"), other).unwrap();
    project.apply().must(0);
    project.sql(
        "drop index p_name; drop index p_both; drop index p_listed; alter table p drop column name;
         alter table p drop column gone; drop table q; drop table r; drop table s; create table x (a text); create view w as select 2",
    );
    project.import().must(0);
    project.plan().must(0);
    let text = fs::read_to_string(project.schema.join("schema.toml")).unwrap();
    insta::assert_snapshot!(text, @r#"
    [table.p]
    primary_key = ["id"]
    [table.p.column]
    id = { type = "integer" }
    name = { type = { postgres = "citext", sqlite = "text" }, null = true, only = ["postgres"] } # chosen
    gone = { type = "text", null = true, only = ["postgres", "mysql"] }
    [table.p.index]
    p_name = { columns = ["name"], only = ["postgres"] }
    p_both = { columns = ["id"], where = { postgres = "id > 1", sqlite = "id > 0" }, only = ["postgres"] }
    p_listed = { columns = ["id"], only = ["postgres"] }

    [table.q]
    only = ["mysql"]

    [table.q.column]
    a = { type = { mysql = "bigint", sqlite = "integer" } }

    [table.r]
    only = ["postgres", "mysql"]

    [table.r.column]
    a = { type = "integer" }

    [table.s]
    only = ["mysql", "!mariadb"]

    [table.s.column]
    a = { type = "integer" }

    [table.x]
    only = ["sqlite"]

    [table.x.column]
    a = { type = "text", null = true }
    "#);
    assert_eq!(fs::read_to_string(project.schema.join("other.toml")).unwrap(), other);
    assert!(project.schema.join("sqlite.toml").exists(), "the view has no other file");
}

#[test]
fn import_layouts() {
    for layout in ["single", "by-kind", "by-object"] {
        let (folder, project) = project();
        let imported = Project { schema: folder.path().join(layout), ..project.clone() };
        imported.run("import", &["--layout", layout]).must(0);
        imported.plan().must(0);
        assert!(!support::program::snapshot(&imported.schema).is_empty());
    }
}

#[test]
fn errors_have_a_place_and_a_caret() {
    let (_folder, project) = project();
    project.write_schema(
        &SCHEMA.replace(
            "primary_key = [\"id\"]\n\n[table.order.column]",
            "primary_kye = [\"id\"]\n\n[table.order.column]",
        ),
    );
    snapshot("error_unknown_key", &project, &project.plan().must(1));
    project.write_schema(&SCHEMA.replace("total >= 0", "totl >= 0"));
    snapshot("error_expression", &project, &project.plan().must(1));
    project.write_schema(&SCHEMA.replace("[\"customer_id\", \"id desc\"]", "[\"customer\"]"));
    snapshot("error_reference", &project, &project.plan().must(1));
}

#[test]
fn graphs() {
    let (_folder, project) = project();
    let dot = project.run("graph", &[]).must(0);
    assert!(dot.out.starts_with("digraph"), "{dot}");
    let mermaid = project.run("graph", &["--format", "mermaid"]).must(0);
    assert!(mermaid.out.starts_with("graph") || mermaid.out.starts_with("flowchart"), "{mermaid}");
}

#[test]
fn init_makes_a_start() {
    let folder = tempfile::tempdir().unwrap();
    trueup(folder.path(), &["init"]).must(0);
    assert!(folder.path().join("trueup.toml").exists());
    trueup(folder.path(), &["validate"]).must(0);
    trueup(folder.path(), &["fmt", "--check"]).must(0);
    let again = trueup(folder.path(), &["init"]);
    assert_ne!(again.code, Some(0), "init wrote over what is there: {again}");

    // A trueup.toml above is another project's.
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).unwrap();
    trueup(&inside, &["init"]).must(0);
    assert!(inside.join("schema/app.toml").exists());

    let (folder, project) = project();
    fs::remove_dir_all(&project.schema).unwrap();
    let url = support::program::url(&project.database);
    trueup(folder.path(), &["init", "--database", &url]).must(0);
    trueup(folder.path(), &["plan", "--database", &url, "--detailed-exitcode"]).must(0);
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = trueup(Path::new("."), &["completions", shell]).must(0);
        assert!(outcome.out.contains("trueup"), "{outcome}");
    }
}

#[test]
fn settings_come_from_flag_then_environment_then_file() {
    let (folder, project) = project();
    project.apply().must(0);
    let url = support::program::url(&project.database);
    fs::write(
        folder.path().join("trueup.toml"),
        "schema = \"schema\"\n[env.here]\nurl = \"sqlite:db.db\"\n[env.secret]\nurl = { env = \"SHOP_URL\" }\n",
    )
    .unwrap();
    trueup(folder.path(), &["plan", "--env", "here", "--detailed-exitcode"]).must(0);
    let run = |variable: &str, value: &str, arguments: &[&str]| {
        let mut command = support::program::command(folder.path());
        command.env(variable, value).args(arguments);
        support::program::finish(command)
    };
    run("SHOP_URL", &url, &["plan", "--env", "secret", "--detailed-exitcode"]).must(0);
    trueup(folder.path(), &["plan", "--env", "secret"]).must(1).says("SHOP_URL");
    run("DATABASE_URL", &url, &["plan", "--detailed-exitcode"]).must(0);
    run("DATABASE_URL", "sqlite:other.db", &["plan", "--database", &url, "--detailed-exitcode"]).must(0);
    let elsewhere = folder.path().join("schema/deeper");
    fs::create_dir(&elsewhere).unwrap();
    trueup(&elsewhere, &["plan", "--database", &url, "--detailed-exitcode"]).must(0);
}

#[test]
fn output_for_programs_is_json_and_nothing_else() {
    let (_folder, project) = project();
    let plan = project.run("plan", &["--format", "json"]).must(0);
    let json: serde_json::Value = serde_json::from_str(&plan.out).unwrap();
    assert!(json["version"].is_u64() && json["changes"].is_array() && json["steps"].is_array(), "{plan}");
    let coloured = project.run("plan", &["--color", "always"]).must(0);
    assert!(coloured.out.contains("\u{1b}["), "{coloured}");
    let plain = project.run("plan", &[]).must(0);
    assert!(!plain.out.contains("\u{1b}["), "{plain}");
    let quiet = project.run("plan", &["--quiet"]).must(0);
    assert!(quiet.text().len() <= plain.text().len(), "{quiet}");
}
