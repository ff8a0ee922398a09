//! Whole databases, imported and built again from the TOML alone; and what a role of PostgreSQL may see that may only
//! read. What is equal says `pg_dump`, or SHOW CREATE and information_schema.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]
#![allow(clippy::format_push_string, reason = "it reads as what it makes")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use support::case::Expect;
use support::oracle::difference;
use support::program::{Project, show_files, snapshot};
use support::server::{self, Database, Server};

const PLANNER: &str = "trueup_planner";

fn servers(dialect: &str) -> Vec<Arc<dyn Server>> {
    server::of_dialect(dialect).unwrap()
}

/// The SQL of a database below `tests/databases`.
fn source(dialect: &str, name: &str) -> String {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/databases", dialect].iter().collect();
    fs::read_to_string(folder.join(name).with_extension("sql")).unwrap()
}

fn roles() -> Expect {
    let roles = ["trueup_reader", "trueup_writer", PLANNER].map(str::to_owned).to_vec();
    Expect { roles, ..Expect::default() }
}

/// A database that the SQL makes, and a schema folder for all of it.
fn database(server: &dyn Server, folder: &Path, sql: &str) -> (Box<dyn Database>, Project) {
    let database = server.create(folder, "w", &roles()).unwrap();
    database.run(sql).unwrap();
    fs::write(folder.join("trueup.toml"), "[manage]\ncomplete = [\"*\"]\n").unwrap();
    let project = Project::new(folder).at(&database.url());
    (database, project)
}

#[track_caller]
fn goes_round(dialect: &str, name: &str) {
    for server in servers(dialect) {
        let folder = tempfile::tempdir().unwrap();
        let (one, project) = database(server.as_ref(), folder.path(), &source(dialect, name));
        let before = one.dump().unwrap();
        project.import().must(0);
        let files = || format!("{name} on {}\n{}", server.label(), show_files(&project.schema));
        let plan = project.plan();
        assert_eq!(plan.code, Some(0), "{}\n{plan}", files());
        let other = server.create(folder.path(), "n", &roles()).unwrap();
        let again = project.at(&other.url());
        let applied = again.apply();
        assert_eq!(applied.code, Some(0), "{}\n{applied}", files());
        assert_eq!(difference(&before, &other.dump().unwrap()), None, "{}", files());
        assert_eq!(difference(&before, &one.dump().unwrap()), None, "the reading changed {}", files());
        again.plan().must(0);
        let written = snapshot(&project.schema);
        again.import().must(0);
        assert_eq!(snapshot(&project.schema), written, "an import of what was built changes {}", files());
    }
}

#[test]
fn a_rental_shop_goes_round() {
    goes_round("postgres", "rental");
}

#[test]
fn several_schemas_go_round() {
    goes_round("postgres", "schemas");
}

#[test]
fn row_level_security_goes_round() {
    goes_round("postgres", "tenants");
}

#[test]
fn partitions_at_two_levels_go_round() {
    goes_round("postgres", "levels");
}

#[test]
fn mysql_a_rental_shop_goes_round() {
    goes_round("mysql", "rental");
}

#[test]
fn mysql_a_blog_goes_round() {
    goes_round("mysql", "blog");
}

#[test]
fn mysql_partitions_of_every_kind_go_round() {
    goes_round("mysql", "partitions");
}

/// What a role needs to plan, and no more.
fn planner(schemas: &[&str]) -> String {
    let mut sql = format!("alter role {PLANNER} login password 'planner';\n");
    for schema in schemas {
        sql += &format!(
            "grant usage on schema {schema} to {PLANNER}; grant select on all tables in schema {schema} to {PLANNER};\n"
        );
    }
    sql
}

/// The same database for the planner.
fn as_planner(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let rest = rest.split_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{PLANNER}:planner@{rest}")
}

/// Everything that a session can leave behind.
const TRACES: &str = "select (select count(*) from pg_class), (select count(*) from pg_namespace), (select count(*) from pg_proc), \
     (select count(*) from pg_type), (select count(*) from pg_depend), (select count(*) from pg_locks l \
     join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database())";

#[track_caller]
fn same_plan(name: &str, schemas: &[&str], change: &[(&str, &str)]) {
    for server in servers("postgres") {
        let folder = tempfile::tempdir().unwrap();
        let (one, project) = database(server.as_ref(), folder.path(), &(source("postgres", name) + &planner(schemas)));
        project.import().must(0);
        for (path, bytes) in snapshot(&project.schema) {
            let mut text = String::from_utf8(bytes).unwrap();
            for (from, to) in change {
                text = text.replace(from, to);
            }
            fs::write(project.schema.join(path), text).unwrap();
        }
        let traces = || {
            let expected = support::case::Query { query: TRACES.to_owned(), is: Vec::new() };
            one.check(&expected).unwrap_err()
        };
        let (before, dump) = (traces(), one.dump().unwrap());
        let plan = |project: &Project| {
            let plan = project.run("plan", &["--format", "json"]).must(0);
            let json: serde_json::Value = serde_json::from_str(&plan.out).unwrap();
            (json["changes"].clone(), json["steps"].clone(), json["refused"].clone(), json["not_compared"].clone())
        };
        let owners = plan(&project);
        assert!(owners.0.as_array().is_some_and(|changes| !changes.is_empty()), "{name} does not change");
        let planners = plan(&project.at(&as_planner(&one.url())));
        assert_eq!(planners, owners, "{name} on {}", server.label());
        assert_eq!(traces(), before, "a plan leaves a trace on {}", server.label());
        assert_eq!(difference(&dump, &one.dump().unwrap()), None);
    }
}

#[test]
fn a_role_that_may_only_read_plans_like_the_owner() {
    same_plan(
        "rental",
        &["public"],
        &[
            ("VALUE >= 1901 AND VALUE <= 2155", "value between 1900 and 2155"),
            ("(VALUE >= 1901) AND (VALUE <= 2155)", "value between 1900 and 2155"),
            ("rental_rate          = { type = \"numeric(4,2)\"", "rental_rate          = { type = \"decimal(6, 2)\""),
            ("timestamp with time zone", "timestamptz"),
        ],
    );
    same_plan(
        "schemas",
        &["public", "billing", "\"Shipping Dept\"", "ext"],
        &[
            ("issued + 30", "issued + 14"),
            ("total >= (0)::numeric", "total >= 0"),
            ("state = 'open'::", "state <> 'paid'::"),
        ],
    );
    same_plan("levels", &["public"], &[("kind >= 0", "kind between 0 and 9"), ("day desc", "day")]);
}
