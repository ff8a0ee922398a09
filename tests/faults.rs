//! Bad input and faults: a clear message, exit code 1 or 3, and nothing changed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use support::oracle::{difference, report};
use support::program::{Outcome, Project, trueup};
use tempfile::TempDir;

const BEFORE: &str = "
create table customer (id integer primary key, email text not null);
create table note (id integer primary key, customer_id integer references customer (id), body text);
insert into customer values (1, 'a@example.org'), (2, 'b@example.org');
insert into note values (7, 1, 'hello');
";

const SCHEMA: &str = r#"
[table.customer]
primary_key = ["id"]

[table.customer.column]
id    = { type = "integer" }
email = { type = "text" }
name  = { type = "text", null = true }

[table.note]
primary_key = ["id"]

[table.note.column]
id          = { type = "integer" }
customer_id = { type = "integer", null = true, references = "customer(id)" }
body        = { type = "text", null = true }
"#;

/// A database with rows and a schema folder that adds a column.
fn project() -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path());
    project.sql(BEFORE);
    project.write_schema(SCHEMA);
    (folder, project)
}

fn contents(project: &Project) -> (Vec<String>, String) {
    let rows = project.value(
        "select (select group_concat(id || email) from customer) || (select group_concat(id || body) from note)",
    );
    (report(&project.database).unwrap(), rows)
}

/// Every command that reads the schema refuses it and changes nothing.
#[track_caller]
fn refuses(toml: &str, pieces: &[&str]) {
    let (_folder, project) = project();
    project.write_schema(toml);
    let before = contents(&project);
    for outcome in [project.apply().must(1), project.plan().must(1)] {
        pieces.iter().fold(outcome, |outcome, piece| outcome.says(piece));
    }
    assert_eq!(contents(&project), before);
}

/// The same, and `validate` finds it without a database.
#[track_caller]
fn is_invalid(toml: &str, pieces: &[&str]) {
    refuses(toml, pieces);
    let (_folder, project) = project();
    project.write_schema(toml);
    let schema = project.schema.display().to_string();
    let outcome = trueup(&project.folder, &["validate", "--schema", &schema]).must(1);
    pieces.iter().fold(outcome, |outcome, piece| outcome.says(piece));
}

#[test]
fn toml_that_does_not_parse() {
    is_invalid("[table.customer]\nprimary_key = [\"id\"\n\n[table.customer.column]\n", &["schema.toml:"]);
    is_invalid("[table.customer\n", &["schema.toml:1"]);
    is_invalid(
        "[table.customer.column]\nid = { type = \"integer\" }\nid = { type = \"text\" }\n",
        &["schema.toml:3", "id"],
    );
}

#[test]
fn every_error_of_a_run_is_said() {
    let toml = "[table.a]\nprimary_kye = [\"id\"]\n[table.a.column]\nid = { type = \"integer\" }\n[table.b]\nstrickt = true\n[table.b.column]\nid = { typ = \"integer\" }\n";
    is_invalid(toml, &["primary_kye", "primary_key", "strickt", "strict", "schema.toml:8"]);
}

#[test]
fn references_to_nothing() {
    let table = "[table.t.column]\nid = { type = \"integer\" }\n";
    is_invalid(&format!("[table.t]\nprimary_key = [\"idd\"]\n{table}"), &["schema.toml:2", "idd"]);
    is_invalid(&format!("{table}[table.t.index]\ni = [\"nothing\"]\n"), &["schema.toml:4", "nothing"]);
    is_invalid(&format!("{table}[table.t.unique]\nu = {{ columns = [\"nothing\"] }}\n"), &["schema.toml:4", "nothing"]);
    is_invalid(
        &format!("{table}[table.t.foreign_key.f]\ncolumns = [\"nothing\"]\nreferences = \"t(id)\"\n"),
        &["schema.toml:4", "nothing"],
    );
    // SQLite makes such a trigger, and such a foreign key, and a database that has one can be imported: a warning.
    let (_folder, project) = project();
    let waiting = "timing = \"after\"\nevents = [\"update of nothing\"]\nbody = \"select 1;\"\n";
    project.write_schema(&format!("{table}[table.t.trigger.g]\n{waiting}"));
    project.plan().must(2).says("schema.toml:5").says("nothing");
}

#[test]
fn two_objects_of_one_name() {
    // Both places are shown, each with the number of its line.
    let table = |name: &str| format!("[table.{name}.column]\nid = {{ type = \"integer\" }}\n");
    is_invalid(&format!("{}{}", table("t"), table("T")), &["1 |", "3 |"]);
    is_invalid(&format!("{}[view.t]\nquery = \"select 1 as a\"\n", table("t")), &["1 |", "3 |"]);
    is_invalid("[table.t.column]\nid = { type = \"integer\" }\nID = { type = \"integer\" }\n", &["2 |", "3 |"]);
    is_invalid(
        &format!("{}[table.t.index]\ni = [\"id\"]\n{}[table.u.index]\nI = [\"id\"]\n", table("t"), table("u")),
        &["4 |", "8 |"],
    );
}

#[test]
fn one_object_in_two_files() {
    let (_folder, project) = project();
    fs::write(project.schema.join("other.toml"), "[table.customer.column]\nid = { type = \"integer\" }\n").unwrap();
    let before = contents(&project);
    project.apply().must(1).says("schema.toml:2").says("other.toml:1").says("customer");
    assert_eq!(contents(&project), before);
}

#[test]
fn expressions_that_sqlite_refuses() {
    let table = |attributes: &str| {
        format!("[table.t.column]\nid = {{ type = \"integer\" }}\na = {{ type = \"text\", {attributes} }}\n")
    };
    refuses(&table("check = \"a >\""), &["schema.toml:3"]);
    refuses(&table("check = \"no_such_function(a)\""), &["schema.toml:3", "no_such_function"]);
    refuses(&table("generated = { stored = \"missing + 1\" }"), &["schema.toml:3", "missing"]);
    refuses(&table("default = { sql = \"id + 1\" }"), &["schema.toml:3"]);
    let index = "[table.t.index]\ni = { columns = [\"a\"], where = \"(\" }\n";
    refuses(&format!("{}{index}", table("null = true")), &["schema.toml:5"]);
    refuses("[view.v]\nquery = \"selct 1\"\n", &["schema.toml:2", "selct"]);
    let trigger =
        "[table.t.trigger.g]\ntiming = \"after\"\nevents = [\"insert\"]\nbody = \"insrt into t values (1);\"\n";
    refuses(&format!("{}{trigger}", table("null = true")), &["schema.toml:7", "insrt"]);
}

#[test]
fn sql_that_would_break_out_of_its_place() {
    let evil = "1); drop table customer; --";
    refuses(&format!("[table.t.column]\nid = {{ type = \"integer\", check = \"{evil}\" }}\n"), &["schema.toml:2"]);
    refuses(
        &format!("[table.t.column]\nid = {{ type = \"integer\", default = {{ sql = \"{evil}\" }} }}\n"),
        &["schema.toml:2"],
    );
    refuses("[view.v]\nquery = \"select 1; drop table customer\"\n", &["schema.toml:2"]);
    // SQLite takes any text as a type, so this is one, and nothing else.
    let (_folder, project) = project();
    project
        .write_schema(&format!("{SCHEMA}[table.t.column]\nid = {{ type = \"integer); drop table customer; --\" }}\n"));
    project.run("apply", &["--auto-approve"]).must(0);
    assert_eq!(project.value("select type from pragma_table_info('t')"), "'integer); drop table customer; --'");
    assert_eq!(project.value("select count(*) > 0 from customer"), "1");
}

#[test]
fn an_empty_schema_folder_is_no_leave_to_drop_everything() {
    let (_folder, project) = project();
    fs::remove_dir_all(&project.schema).unwrap();
    let before = contents(&project);
    project.apply().must(1).says("schema");
    fs::create_dir(&project.schema).unwrap();
    project.apply().must(1).says("--allow-empty");
    project.plan().must(1).says("--allow-empty");
    fs::write(project.schema.join("empty.toml"), "# nothing\n").unwrap();
    project.apply().must(1).says("--allow-empty");
    assert_eq!(contents(&project), before);
    project.run("apply", &["--auto-approve", "--allow-empty"]).must(3);
    assert_eq!(contents(&project), before);
    project.run("apply", &["--auto-approve", "--allow-empty", "--allow-destructive"]).must(0);
    assert_eq!(report(&project.database).unwrap(), Vec::<String>::new());
}

#[test]
fn a_file_that_is_no_database() {
    let (_folder, project) = project();
    let text = "This is a letter to my grandmother, not a database.\n".repeat(200);
    fs::write(&project.database, &text).unwrap();
    for outcome in [project.plan(), project.apply(), project.import()] {
        outcome.must(1).says("db.db").says("not a SQLite database");
    }
    assert_eq!(fs::read_to_string(&project.database).unwrap(), text);
}

#[test]
fn a_corrupt_database() {
    let (_folder, project) = project();
    project.sql("insert into note (body) select hex(randomblob(500)) from (with recursive n (i) as (select 1 union all select i + 1 from n where i < 500) select i from n)");
    let mut bytes = fs::read(&project.database).unwrap();
    for byte in bytes.iter_mut().skip(4096).take(60_000) {
        *byte = 0xff;
    }
    fs::write(&project.database, &bytes).unwrap();
    project.write_schema(
        &SCHEMA.replace("email = { type = \"text\" }", "email = { type = \"text\", check = \"email <> ''\" }"),
    );
    let outcome = project.apply();
    assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
    outcome.says("malformed");
    assert_eq!(fs::read(&project.database).unwrap(), bytes, "the corrupt file was changed");
}

#[test]
fn a_database_in_a_missing_folder() {
    let (folder, project) = project();
    let missing = project.of(&folder.path().join("no/such/folder/db.db"));
    missing.plan().must(1).says("no/such/folder");
    missing.apply().must(1).says("no/such/folder");
    assert!(!folder.path().join("no").exists());
    let is_folder = project.of(folder.path());
    is_folder.apply().must(1);
}

#[test]
fn import_of_a_database_that_is_not_there_makes_none() {
    let (folder, project) = project();
    let missing = project.of(&folder.path().join("missing.db"));
    missing.import().must(1).says("missing.db");
    assert!(!missing.database.exists());
}

#[cfg(unix)]
#[test]
fn a_read_only_database() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, project) = project();
    let bytes = fs::read(&project.database).unwrap();
    fs::set_permissions(&project.database, fs::Permissions::from_mode(0o444)).unwrap();
    if fs::OpenOptions::new().write(true).open(&project.database).is_ok() {
        // Nothing is read-only for root: SQLite's own flag does the same there.
        let url = format!("sqlite:{}?mode=ro", project.database.display());
        let schema = project.schema.display().to_string();
        let arguments = ["apply", "--database", &url, "--schema", &schema, "--auto-approve"];
        let outcome = trueup(&project.folder, &arguments);
        assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
    } else {
        project.plan().must(2);
        let outcome = project.apply();
        assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
        outcome.says("read");
    }
    assert_eq!(fs::read(&project.database).unwrap(), bytes);
}

#[test]
fn a_locked_database_is_waited_for() {
    let (_folder, project) = project();
    let before = contents(&project);
    let holder = rusqlite::Connection::open(&project.database).unwrap();
    holder.execute_batch("begin immediate").unwrap();
    let start = Instant::now();
    project.run("apply", &["--auto-approve", "--lock-timeout", "700ms"]).must(3).says("busy");
    let waited = start.elapsed();
    assert!(waited >= Duration::from_millis(650), "waited {waited:?} only");
    assert!(waited < Duration::from_secs(10), "waited {waited:?}");
    project.plan().must(2);
    holder.execute_batch("rollback").unwrap();
    assert_eq!(contents(&project), before);
    // Whoever lets go in time is not in the way.
    holder.execute_batch("begin immediate").unwrap();
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        holder.execute_batch("rollback").unwrap();
    });
    project.run("apply", &["--auto-approve", "--lock-timeout", "20s"]).must(0);
    release.join().unwrap();
}

#[test]
fn a_reader_does_not_make_an_apply_half_done() {
    let (_folder, project) = project();
    let before = contents(&project);
    let reader = rusqlite::Connection::open(&project.database).unwrap();
    reader.execute_batch("begin; select * from customer").unwrap();
    let outcome = project.run("apply", &["--auto-approve", "--lock-timeout", "300ms"]);
    if outcome.code == Some(0) {
        // A database in WAL mode lets both; the default journal does not.
        return;
    }
    let outcome = outcome.must(3);
    reader.execute_batch("rollback").unwrap();
    assert_eq!(contents(&project), before, "{outcome}");
}

#[test]
fn an_apply_that_nobody_approved() {
    let (_folder, project) = project();
    let before = contents(&project);
    let outcome = project.run("apply", &[]);
    assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
    outcome.says("--auto-approve");
    assert_eq!(contents(&project), before);
}

#[test]
fn destructive_steps_need_leave() {
    let (_folder, project) = project();
    let customer = "[table.customer]\nprimary_key = [\"id\"]\n[table.customer.column]\nid = { type = \"integer\" }\nemail = { type = \"text\" }\n";
    project.write_schema(customer);
    let before = contents(&project);
    project.run("apply", &["--auto-approve"]).must(3).says("table.note").says("1 row").says("--allow");
    assert_eq!(contents(&project), before);
    project.run("apply", &["--auto-approve", "--allow", "table.customer"]).must(3).says("table.note");
    assert_eq!(contents(&project), before);
    project.run("apply", &["--auto-approve", "--allow", "table.note"]).must(0);
    project.plan().must(0);
    assert_eq!(project.value("select count(*) from customer"), "2");
}

#[test]
fn an_empty_table_is_no_loss() {
    let (_folder, project) = project();
    project.sql("create table junk (a)");
    project.run("apply", &["--auto-approve"]).must(0);
    project.plan().must(0);
}

#[test]
fn skip_destructive_does_the_rest() {
    let (_folder, project) = project();
    project.sql("create table extra (a); insert into extra values (1)");
    project.run("apply", &["--auto-approve", "--skip-destructive"]).must(0).says("table.extra");
    assert_eq!(project.value("select count(*) from extra"), "1");
    assert_eq!(project.value("select count(*) from pragma_table_info('customer') where name = 'name'"), "1");
    project.plan().must(2);
}

#[test]
fn protected_objects_are_never_dropped_nor_made_again() {
    let (_folder, project) = project();
    let before = contents(&project);
    fs::write(project.folder.join("trueup.toml"), "[manage]\nprotect = [\"table.note\"]\n").unwrap();
    let customer = "[table.customer]\nprimary_key = [\"id\"]\n[table.customer.column]\nid = { type = \"integer\" }\nemail = { type = \"text\" }\n";
    project.write_schema(customer);
    project.apply().must(3).says("protect").says("table.note");
    project.run("apply", &["--auto-approve", "--allow", "table.note"]).must(3).says("protect");
    assert_eq!(contents(&project), before);
    project.sql("delete from note");
    project.apply().must(3).says("protect");
    assert_eq!(project.value("select count(*) from sqlite_schema where name = 'note'"), "1");
}

#[test]
fn what_is_excluded_is_left_alone() {
    let (_folder, project) = project();
    project.sql("create table tmp_one (a); create table audit (a); insert into audit values (1)");
    fs::write(project.folder.join("trueup.toml"), "[manage]\nexclude = [\"table.tmp_*\", \"table.audit\"]\n").unwrap();
    project.apply().must(0);
    project.plan().must(0);
    assert_eq!(project.value("select count(*) from audit"), "1");
    assert_eq!(project.value("select count(*) from tmp_one"), "0");
}

fn saved_plan(project: &Project) -> String {
    let plan = project.folder.join("plan.json").display().to_string();
    project.run("plan", &["--out", &plan]).must(0);
    plan
}

fn apply_plan(project: &Project, plan: &str, more: &[&str]) -> Outcome {
    let url = support::program::url(&project.database);
    let arguments = ["apply", plan, "--database", &url];
    trueup(&project.folder, &[&arguments[..], more].concat())
}

#[test]
fn a_saved_plan_is_applied() {
    let (_folder, project) = project();
    let plan = saved_plan(&project);
    trueup(&project.folder, &["show", &plan]).must(0).says("table.customer");
    trueup(&project.folder, &["show", &plan, "--format", "sql"]).must(0).says("alter table");
    apply_plan(&project, &plan, &["--auto-approve"]).must(0);
    project.plan().must(0);
    let again = apply_plan(&project, &plan, &["--auto-approve"]).must(3);
    again.says("changed since");
}

#[test]
fn a_stale_plan() {
    let (_folder, project) = project();
    let plan = saved_plan(&project);
    project.sql("create table sneaked_in (a)");
    let before = contents(&project);
    apply_plan(&project, &plan, &["--auto-approve"]).must(3).says("sneaked_in");
    assert_eq!(contents(&project), before);
}

#[test]
fn an_edited_plan() {
    let (_folder, project) = project();
    let plan = saved_plan(&project);
    let before = contents(&project);
    let text = fs::read_to_string(&plan).unwrap();
    let refuse = |edited: &str| {
        assert_ne!(edited, text, "nothing was edited");
        fs::write(&plan, edited).unwrap();
        let outcome = apply_plan(&project, &plan, &["--auto-approve", "--allow-destructive"]);
        assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
        assert_eq!(contents(&project), before, "{outcome}");
    };
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    json["steps"][0]["sql"] = serde_json::json!(["drop table note"]);
    refuse(&json.to_string());
    json = serde_json::from_str(&text).unwrap();
    json["steps"] = serde_json::json!([]);
    refuse(&json.to_string());
    json = serde_json::from_str(&text).unwrap();
    json["format"] = serde_json::json!(999);
    refuse(&json.to_string());
    json = serde_json::from_str(&text).unwrap();
    json["trueup"] = serde_json::json!("99.0.0");
    refuse(&json.to_string());
    refuse(&text[..text.len() / 2]);
    refuse("");
    refuse("not json at all");
    refuse("{}");
}

#[test]
fn a_plan_for_another_database() {
    let (folder, project) = project();
    let plan = saved_plan(&project);
    let other = project.of(&folder.path().join("other.db"));
    other.sql(BEFORE);
    let before = contents(&other);
    let outcome = apply_plan(&other, &plan, &["--auto-approve"]);
    assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
    outcome.says("other.db");
    assert_eq!(contents(&other), before);
    assert_eq!(difference(&before.0, &report(&project.database).unwrap()), None);
}

#[test]
fn a_plan_file_that_is_not_there() {
    let (_folder, project) = project();
    apply_plan(&project, "no-such-plan.json", &["--auto-approve"]).must(1).says("no-such-plan.json");
}

#[test]
fn rows_in_the_way_are_counted_before_anything_starts() {
    let (_folder, project) = project();
    project.sql("insert into note values (8, null, null), (9, null, null)");
    project.write_schema(
        &SCHEMA.replace("body        = { type = \"text\", null = true }", "body        = { type = \"text\" }"),
    );
    let before = contents(&project);
    let outcome = project.apply();
    assert!(matches!(outcome.code, Some(1 | 3)), "{outcome}");
    outcome.says("table.note.column.body").says("2 ").says("backfill");
    assert_eq!(contents(&project), before);
}

#[test]
fn odd_databases_and_flags() {
    let (folder, project) = project();
    let schema = project.schema.display().to_string();
    let run = |arguments: &[&str]| trueup(folder.path(), arguments);
    run(&["plan", "--schema", &schema])
        .must(1)
        .says("--database")
        .says("DATABASE_URL")
        .says("--env")
        .says("trueup.toml");
    // What is no URL may be a password in the wrong place, so it is not repeated.
    run(&["plan", "--schema", &schema, "--database", "nonsense"]).must(1).says("not given as a URL");
    run(&["plan", "--schema", &schema, "--database", "oracle:db"]).must(1).says("oracle");
    run(&["plan", "--schema", &schema, "--env", "nowhere"]).must(1).says("nowhere");
    run(&["apply", "--schema", &schema, "--database", "sqlite:db.db", "--lock-timeout", "soon"]).says("soon");
    let secret = run(&["plan", "--schema", &schema, "--database", "postgres://app:hunter2@localhost:1/db"]).must(1);
    assert!(!secret.text().contains("hunter2"), "{secret}");
}

#[test]
fn a_trueup_toml_that_is_wrong() {
    let (_folder, project) = project();
    fs::write(project.folder.join("trueup.toml"), "[manage]\nprotekt = [\"table.note\"]\n").unwrap();
    project.plan().must(1).says("trueup.toml:2").says("protekt").says("protect");
    fs::write(project.folder.join("trueup.toml"), "[manage\n").unwrap();
    project.plan().must(1).says("trueup.toml:1");
}

#[test]
fn a_schema_file_of_50_mb() {
    let (_folder, project) = project();
    let before = contents(&project);
    let line = format!("# {}\n", "x".repeat(1000));
    project.write_schema(&format!("{SCHEMA}{}", line.repeat(50_000)));
    let start = Instant::now();
    let outcome = project.plan();
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
    // It is read, or refused with a word on its size; either way nothing hangs and nothing breaks.
    assert!(matches!(outcome.code, Some(1 | 2)), "{}", outcome.err);
    project.write_schema(&"x".repeat(50_000_000));
    let outcome = project.plan().must(1).says("schema.toml");
    assert!(outcome.text().len() < 100_000, "the message is as long as the file");
    assert_eq!(contents(&project), before);
}

#[test]
fn a_schema_file_that_is_no_text() {
    let (_folder, project) = project();
    fs::write(project.schema.join("schema.toml"), [0xff, 0xfe, 0x00, 0x80]).unwrap();
    project.plan().must(1).says("schema.toml");
}

#[test]
fn deep_nesting_does_not_overflow() {
    let (_folder, project) = project();
    let toml =
        format!("[table.t.column]\na = {{ type = \"int\", check = \"{}1{}\" }}\n", "(".repeat(5000), ")".repeat(5000));
    project.write_schema(&toml);
    let outcome = project.plan();
    assert!(matches!(outcome.code, Some(1)), "{}", outcome.err);
    project.write_schema(&format!("a = {}1{}\n", "[".repeat(20_000), "]".repeat(20_000)));
    let outcome = project.plan();
    assert!(matches!(outcome.code, Some(1)), "{}", outcome.err);
}

/// The disk is full in the middle: the limit on the size of files stands for it everywhere on unix.
#[cfg(unix)]
#[test]
fn a_full_disk() {
    let (_folder, project) = project();
    project.sql("insert into note (body) select hex(randomblob(400)) from (with recursive n (i) as (select 1 union all select i + 1 from n where i < 3000) select i from n)");
    project.write_schema(&SCHEMA.replace(
        "body        = { type = \"text\", null = true }",
        "body        = { type = \"text\", null = true, collation = \"nocase\" }",
    ));
    let before = contents(&project);
    let size = fs::metadata(&project.database).unwrap().len();
    // In blocks of 512 bytes for sh; the copy of the table would double the file.
    let limit = size / 512 + 200;
    let url = support::program::url(&project.database);
    let script = format!(
        "trap '' XFSZ; ulimit -f {limit}; exec {} apply --database '{url}' --schema schema --auto-approve",
        support::program::program()
    );
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).current_dir(&project.folder);
    let outcome = support::program::finish(command).must(1);
    let said = outcome.text().to_lowercase();
    assert!(said.contains("full") || said.contains("disk") || said.contains("i/o"), "{outcome}");
    assert_eq!(contents(&project), before);
    assert_eq!(project.value("pragma integrity_check"), "'ok'");
    project.apply().must(0);
    project.plan().must(0);
}
