//! How the time and the memory of a plan and an apply grow with the number of tables.
//!
//! `scripts/bench` runs it in release; `scripts/bench 10 100` for some sizes only. Each table has 10 columns, a
//! primary key, two foreign keys to earlier tables, three indexes, two checks, a unique constraint; one view for
//! every 10 tables. The changed schema alters one table in 100 in two ways.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench that cannot go on says so by a panic"
)]

mod measure;

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

/// The sizes that are measured when none are given.
const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
/// What the issue asks of a plan without changes over 10,000 tables.
const LIMIT: (Duration, u64) = (Duration::from_secs(2), 300);

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    println!("{:>7}  {:<18} {:>9} {:>10}", "tables", "command", "seconds", "peak MB");
    let mut clean = Vec::new();
    for size in sizes {
        for measured in all(size) {
            let Measured { what, took, peak } = &measured;
            println!("{size:>7}  {what:<18} {:>9.3} {:>10}", took.as_secs_f64(), shown(*peak));
            if *what == "plan, no change" {
                clean.push((size, measured));
            }
        }
    }
    for pair in clean.windows(2) {
        let (small, large) = (&pair[0], &pair[1]);
        let factor = large.1.took.as_secs_f64() / small.1.took.as_secs_f64();
        println!("from {} to {} tables a plan without changes takes {factor:.1} times as long", small.0, large.0);
    }
    if let Some((_, Measured { took, peak, .. })) = clean.iter().find(|(size, _)| *size == 10_000) {
        let kept = *took <= LIMIT.0 && peak.is_none_or(|peak| peak <= LIMIT.1 * 1024);
        println!(
            "10,000 tables within {} s and {} MB: {}",
            LIMIT.0.as_secs(),
            LIMIT.1,
            if kept { "yes" } else { "no" }
        );
    }
}

fn shown(kilobytes: Option<u64>) -> String {
    kilobytes.map_or_else(
        || "?".to_owned(),
        |kilobytes| format!("{:.1}", f64::from(u32::try_from(kilobytes).unwrap_or(0)) / 1024.0),
    )
}

/// One run of the program.
struct Measured {
    what: &'static str,
    took: Duration,
    peak: Option<u64>,
}

fn all(size: usize) -> Vec<Measured> {
    let folder = tempfile::tempdir().unwrap();
    make(&folder.path().join("live.db"), size, false);
    make(&folder.path().join("changed.db"), size, true);
    let run = |what, code, arguments: &[&str]| run(folder.path(), what, code, arguments);
    let live = ["--database", "sqlite:live.db"];
    vec![
        run("import", 0, &[&["import", "--schema", "live"], &live[..]].concat()),
        run("plan, no change", 0, &[&["plan", "--schema", "live", "--detailed-exitcode"], &live[..]].concat()),
        run("import, changed", 0, &["import", "--schema", "changed", "--database", "sqlite:changed.db"]),
        run("plan, 1 % changed", 2, &[&["plan", "--schema", "changed", "--detailed-exitcode"], &live[..]].concat()),
        run("apply, 1 % changed", 0, &[&["apply", "--schema", "changed", "--auto-approve"], &live[..]].concat()),
        run("plan after it", 0, &[&["plan", "--schema", "changed", "--detailed-exitcode"], &live[..]].concat()),
    ]
}

fn run(folder: &Path, what: &'static str, code: i32, arguments: &[&str]) -> Measured {
    let (took, peak) = measure::run(folder, code, arguments);
    Measured { what, took, peak }
}

fn make(database: &Path, size: usize, changed: bool) {
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.execute_batch("pragma journal_mode = off; pragma synchronous = off; begin").unwrap();
    for number in 0..size {
        connection.execute_batch(&table(number, changed)).unwrap();
    }
    connection.execute_batch("commit").unwrap();
}

fn table(number: usize, changed: bool) -> String {
    let name = format!("table_{number:05}");
    let earlier = |step: usize| (number * 7 + step * 13) % number.max(1);
    let mut sql = format!(
        "create table {name} (id integer primary key, name varchar(120) not null, code varchar(120) not null,
         amount numeric(12, 2) not null default 0, quantity integer not null default 1, active boolean not null default 1,
         payload text, created_at text not null default current_timestamp, ref_a bigint, ref_b bigint"
    );
    if changed && number % 100 == 3 {
        sql += ", note varchar(120)";
    }
    let _ = write!(
        sql,
        ", constraint {name}_amount_check check (amount >= 0),
         constraint {name}_quantity_check check (quantity between 0 and 1000000), constraint {name}_code_key unique (code)"
    );
    if number > 0 {
        for (column, step) in [("a", 1), ("b", 2)] {
            let target = earlier(step);
            let _ = write!(
                sql,
                ", constraint {name}_ref_{column}_fkey foreign key (ref_{column}) references table_{target:05} (id) on delete cascade"
            );
        }
    }
    let order = if changed && number % 100 == 5 { "" } else { " desc" };
    let _ = write!(
        sql,
        "); create index {name}_name_idx on {name} (name);
         create index {name}_created_idx on {name} (created_at{order}, quantity);
         create index {name}_active_idx on {name} (amount) where active = 1;"
    );
    if number % 10 == 9 {
        let target = earlier(1);
        let _ = write!(
            sql,
            "create view view_{number:05} as select a.id, a.name, b.amount from {name} a
             join table_{target:05} b on b.id = a.ref_a where a.quantity > 3;"
        );
    }
    sql
}
