//! The statements of a plan in their order, to be read or run by hand.

use std::fmt;

use crate::dialect::{DialectName, postgres};
use crate::plan::{HazardKind, Plan};

use super::outline::Counts;
use super::style::clean;

/// A plan as a script; its `Display` is the text.
#[derive(Debug)]
pub struct Script<'a>(pub &'a Plan);

impl fmt::Display for Script<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.0;
        comment(f, &format!("{}: {}, by trueup {}", plan.target.url, Counts::of(plan), plan.trueup))?;
        for refusal in &plan.refusals {
            comment(f, &format!("NOT DONE: {}: {}", refusal.id, refusal.reason))?;
        }
        for unknown in &plan.unknown {
            comment(f, &format!("NOT COMPARED: {}: {}", unknown.id, unknown.reason))?;
        }
        for needed in &plan.needed {
            comment(f, &format!("LEFT AS IT IS: {}: {}", needed.id, needed.reason()))?;
        }
        if plan.steps.is_empty() {
            return comment(f, "nothing to run");
        }
        let (before, after) = frame(plan.target.dialect);
        write!(f, "{before}")?;
        let of = plan.steps.len();
        let runs = if plan.target.dialect == DialectName::Postgres { plan.runs() } else { Vec::new() };
        let mut path = "public".to_owned();
        for (i, step) in plan.steps.iter().enumerate() {
            if let Some(run) = runs.iter().find(|run| run.start == i && !run.alone) {
                writeln!(f, "{}BEGIN;", if run.start == 0 { "" } else { "\n" })?;
            }
            writeln!(f)?;
            comment(f, &format!("{} of {of}: {}", i + 1, step.summary))?;
            for hazard in &step.hazards {
                let word = match hazard.kind {
                    HazardKind::DataLoss => "DATA LOSS",
                    HazardKind::Fails | HazardKind::Broken => "WARNING",
                    HazardKind::Rewrite | HazardKind::Notice => "note",
                };
                comment(f, &format!("{word}: {}: {}", hazard.id, hazard.message))?;
            }
            if plan.target.dialect == DialectName::Postgres {
                // What was written for a schema finds its names there.
                let wanted = postgres::search_path(step.in_schema.as_deref());
                if path != wanted {
                    writeln!(f, "SET search_path = {wanted};")?;
                    path = wanted;
                }
            }
            for sql in &step.sql {
                if matches!(plan.target.dialect, DialectName::Mysql | DialectName::Mariadb) && sql.contains(';') {
                    delimited(f, sql)?;
                } else {
                    statement(f, sql)?;
                }
            }
            if runs.iter().any(|run| run.end == i + 1 && !run.alone) {
                writeln!(f, "\nCOMMIT;")?;
            }
        }
        write!(f, "{after}")
    }
}

/// What stands before and after the statements, so that all or nothing of them is done.
const fn frame(dialect: DialectName) -> (&'static str, &'static str) {
    match dialect {
        // The shell would go on after an error and commit the rest, so it is told to stop;
        // foreign_keys cannot be switched inside a transaction, and a rebuild would cascade with it on.
        DialectName::Sqlite => (
            "-- For the sqlite3 shell: sqlite3 FILE < THIS\n.bail on\nPRAGMA foreign_keys = OFF;\nBEGIN IMMEDIATE;\n",
            "\n-- shows rows that break a foreign key; there should be none\nPRAGMA foreign_key_check;\nCOMMIT;\n",
        ),
        // Transactions stand where an apply has them. What is set is what an apply sets, as far as it counts for what the
        // statements mean.
        DialectName::Postgres => (
            "-- For psql: psql -v ON_ERROR_STOP=1 -f THIS DATABASE
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, YMD';
SET IntervalStyle = 'postgres';
SET xmloption = 'content';
SET array_nulls = on;
SET transform_null_equals = off;
SET default_tablespace = '';
SET default_table_access_method = 'heap';
SET search_path = public;
SET check_function_bodies = off;
",
            "",
        ),
        // Each statement commits by itself. Clients leave comments out of bodies unless they are told. What is set is what
        // an apply sets, as far as it counts for the statements.
        DialectName::Mysql => (
            "-- For the client: mysql --comments DATABASE < THIS\nSET NAMES utf8mb4, sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', default_storage_engine = 'InnoDB';\n",
            "",
        ),
        DialectName::Mariadb => (
            "-- For the client: mariadb --comments DATABASE < THIS\nSET NAMES utf8mb4, sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', default_storage_engine = 'InnoDB', system_versioning_alter_history = 'KEEP';\n",
            "",
        ),
    }
}

/// A statement with its semicolon, which must not end up inside a comment that ends the text.
fn statement(f: &mut fmt::Formatter<'_>, sql: &str) -> fmt::Result {
    let sql = sql.trim_end();
    let last_line_may_be_comment =
        sql.lines().next_back().is_some_and(|line| line.contains("--") || line.contains('#'));
    writeln!(f, "{sql}{};", if last_line_may_be_comment { "\n" } else { "" })
}

/// A statement with semicolons inside, for the clients of MySQL and MariaDB, which do not know where a body ends.
fn delimited(f: &mut fmt::Formatter<'_>, sql: &str) -> fmt::Result {
    let delimiter =
        (2..=sql.len() + 2).map(|length| "$".repeat(length)).find(|delimiter| !sql.contains(delimiter.as_str()));
    let delimiter = delimiter.unwrap_or_else(|| "$$".to_owned());
    writeln!(f, "DELIMITER {delimiter}\n{}\n{delimiter}\nDELIMITER ;", sql.trim_end())
}

fn comment(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    writeln!(f, "-- {}", clean(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn statements_in_order_with_what_they_risk() {
        insta::assert_snapshot!(Script(&sample::shop()).to_string(), @r#"
        -- sqlite:shop.db: 2 to add, 4 to change, 1 to recreate, 2 to drop, by trueup 0.1.0
        -- For the sqlite3 shell: sqlite3 FILE < THIS
        .bail on
        PRAGMA foreign_keys = OFF;
        BEGIN IMMEDIATE;

        -- 1 of 3: create table.refund
        CREATE TABLE refund (
          id INTEGER PRIMARY KEY -- the key
        );

        -- 2 of 3: rebuild table.order
        -- note: table.order.column.total: copies table.order (31,000 rows)
        CREATE TABLE "order~" (id);
        DROP TABLE "order";
        ALTER TABLE "order~" RENAME TO "order" -- done
        ;

        -- 3 of 3: drop table.coupon_2019
        -- DATA LOSS: table.coupon_2019: loses data: the table has 1,204 rows
        DROP TABLE coupon_2019;

        -- shows rows that break a foreign key; there should be none
        PRAGMA foreign_key_check;
        COMMIT;
        "#);
    }

    #[test]
    fn what_is_not_done_is_said() {
        insta::assert_snapshot!(Script(&sample::troubled()).to_string(), @r"
        -- sqlite:shop.db: 0 to add, 0 to change, 0 to recreate, 0 to drop, by trueup 0.1.0
        -- NOT DONE: table.order.column.total: 3 rows have text in it, which does not fit integer, for example 'n/a'
        -- NOT COMPARED: view.geo: no such function: st_area
        -- nothing to run
        ");
    }

    #[test]
    fn a_name_cannot_leave_its_comment() {
        let mut plan = sample::empty();
        plan.steps = vec![sample::step(sample::table("t"), "create table.a\nDROP TABLE b;", &["SELECT 1"], vec![])];
        let text = Script(&plan).to_string();
        assert!(text.lines().all(|line| !line.starts_with("DROP")), "{text}");
    }
}
