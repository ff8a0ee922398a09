//! kill -9 at any moment of an apply: the database is the old or the new one, never between, with every row.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]

mod support;

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use support::oracle::{difference, report};
use support::program::{Project, command, url};

/// How often the apply is killed.
const TRIES: u32 = 48;

const BEFORE: &str = "
create table customer (id integer primary key autoincrement, email text, tier text);
create table visit (id integer primary key, customer_id integer references customer (id) on delete cascade, at text);
create index visit_customer on visit (customer_id);
create view busy as select customer_id, count(*) as n from visit group by customer_id;
create trigger visit_added after insert on visit begin update customer set tier = tier where id = new.customer_id; end;
";

const ROWS: &str = "
with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000)
insert into customer select i, 'c' || i || '@example.org', i % 10 from n;
with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000)
insert into visit select i, 1 + i % 20000, hex(randomblob(30)) from n;
";

const AFTER: &str = r#"
[table.customer.column]
id    = { type = "integer", primary_key = true, autoincrement = true }
email = { type = "text", unique = true }
tier  = { type = "integer", default = 0, check = "tier between 0 and 9" }
name  = { type = "text", null = true }

[table.visit]
primary_key = ["id"]

[table.visit.column]
id          = { type = "integer" }
customer_id = { type = "integer", references = "customer(id)", on_delete = "restrict" }
at          = { type = "text" }

[table.visit.index]
visit_customer = ["customer_id", "at desc"]

[view.busy]
query = "select customer_id, count(*) as n from visit group by customer_id having n > 1"
"#;

#[test]
fn told_to_stop_while_it_waits_for_the_lock() {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path());
    project.write_schema(AFTER);
    project.sql(BEFORE);
    let other = rusqlite::Connection::open(&project.database).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let mut apply = project.apply_to_be_stopped();
    apply.until_it_says("taking the write lock");
    apply.interrupt();
    apply.outcome().must(1).says("interrupted: nothing was changed");
    drop(other);
    project.plan().must(2);
}

/// A copy of so many rows takes long enough to be met.
#[test]
fn told_to_stop_while_a_table_is_copied() {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::new(folder.path());
    project.write_schema("[table.t.column]\na = { type = \"integer\", check = \"a > 0\" }\n");
    project.sql(
        "create table t (a integer not null); \
         with recursive n (i) as (select 1 union all select i + 1 from n where i < 3000000) insert into t select i from n",
    );
    let mut apply = project.apply_to_be_stopped();
    apply.until_it_says("1/");
    apply.interrupt();
    apply.outcome().must(1).says("interrupted: nothing was changed");
    project.plan().must(2);
    assert_eq!(project.value("select count(*) from t"), "3000000");
}

#[test]
fn killed_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let start = Project::new(folder.path()).of(&folder.path().join("start.db"));
    start.write_schema(AFTER);
    start.sql(&format!("begin; {BEFORE} {ROWS} commit;"));
    let project = start.of(&folder.path().join("db.db"));

    // One apply to its end: how long it takes, and what the new database is.
    fs::copy(&start.database, &project.database).unwrap();
    let begun = Instant::now();
    project.apply().must(0);
    let whole = begun.elapsed();
    let (old, new) = (report(&start.database).unwrap(), report(&project.database).unwrap());
    let (mut olds, mut news) = (0, 0);

    for attempt in 0..TRIES {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{ending}", project.database.display()));
        }
        fs::copy(&start.database, &project.database).unwrap();
        let mut child = command(&project.folder)
            .args([
                "apply",
                "--database",
                &url(&project.database),
                "--schema",
                "schema",
                "--auto-approve",
                "--allow-destructive",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(moment(whole, attempt));
        let _ = child.kill();
        let _ = child.wait();

        let now = report(&project.database).unwrap_or_else(|error| panic!("try {attempt}: {error}"));
        if difference(&old, &now).is_none() {
            olds += 1;
        } else if difference(&new, &now).is_none() {
            news += 1;
        } else {
            panic!("try {attempt}: between the old and the new one:\n{}", difference(&new, &now).unwrap_or_default());
        }
        assert_eq!(project.value("pragma integrity_check"), "'ok'", "try {attempt}");
        let sums = "select (select count(*) || ' ' || sum(id) || ' ' || sum(length(email)) || ' ' || sum(tier + 0) from customer)
                    || ' ' || (select count(*) || ' ' || sum(customer_id) || ' ' || sum(length(at)) from visit)
                    || ' ' || (select seq from sqlite_sequence where name = 'customer')";
        assert_eq!(project.value(sums), start.value(sums), "try {attempt}");
    }
    println!("{TRIES} kills: {olds} times the old database, {news} times the new one");
    assert!(olds > 0, "no kill came before the end");

    // And the next apply finishes what was killed.
    project.apply().must(0);
    project.plan().must(0);
}

/// Moments spread over the whole run, never twice the same.
fn moment(whole: Duration, attempt: u32) -> Duration {
    let spread = whole.mul_f64(f64::from(attempt) / f64::from(TRIES) * 1.1);
    let jitter = u64::from(std::process::id()).wrapping_mul(2_654_435_761).rotate_left(attempt) % 3000;
    spread + Duration::from_micros(jitter)
}
