//! Values under another type: what is kept is not asked about, and what is lost never goes without leave.

use super::on_each;
use super::support::fate::Fate::{self, Kept, Lost, Refused};
use super::support::fate::said;
use super::support::program::Project;

/// The old type, a value of it, the new type, and what becomes of the value.
const PAIRS: &[(&str, &str, &str, Fate)] = &[
    ("int", "5", "bigint", Kept),
    ("int", "5", "numeric(4,1)", Kept),
    ("int", "99999", "smallint", Refused),
    ("int", "1", "boolean", Kept),
    ("int", "5", "boolean", Lost),
    ("bigint", "9007199254740993", "float8", Lost),
    ("bigint", "9007199254740992", "float8", Kept),
    ("bigint", "-9223372036854775808", "float8", Lost),
    ("int", "2147483647", "real", Lost),
    ("int", "16777216", "real", Kept),
    ("numeric", "0.1234567890123456", "float8", Kept),
    ("numeric", "0.12345678901234567891", "float8", Lost),
    ("numeric(10,4)", "1.2300", "numeric(10,2)", Kept),
    ("numeric(10,4)", "1.2345", "numeric(10,2)", Lost),
    ("numeric", "1.5", "int", Lost),
    ("numeric", "1.25", "money", Kept),
    ("numeric", "1.239", "money", Lost),
    ("float8", "0.12345678901234567", "numeric", Lost),
    ("float8", "0.5", "numeric", Kept),
    ("float8", "0.1", "numeric(4,2)", Kept),
    ("float8", "0.125", "numeric(4,2)", Lost),
    ("float8", "0.1234567890123", "real", Lost),
    ("real", "0.1", "numeric", Kept),
    ("real", "0.1", "float8", Kept),
    ("numeric[]", "{1.5}", "int[]", Lost),
    ("numeric[]", "{1,2}", "int[]", Kept),
    ("numeric(10,4)[]", "{1.2345}", "numeric(10,2)[]", Lost),
    ("numeric(10,4)[]", "{1.25}", "numeric(10,2)[]", Kept),
    ("timestamp[]", "{2020-01-01 10:00}", "date[]", Lost),
    ("timestamp[]", "{2020-01-01}", "date[]", Kept),
    ("float8[]", "{0.1234567890123}", "real[]", Lost),
    ("text[]", "{007}", "int[]", Lost),
    ("int[]", "{1,2}", "text[]", Kept),
    ("timestamp", "2020-01-01 10:00", "date", Lost),
    ("timestamp", "2020-01-01 00:00", "date", Kept),
    ("timestamp", "2020-01-01 10:00", "timestamptz", Kept),
    ("timestamp", "2020-01-01 10:00:00.5", "timestamp(0)", Lost),
    ("date", "2020-01-01", "timestamp", Kept),
    ("interval", "10:00", "time", Kept),
    ("interval", "1 day 10:00", "time", Lost),
    ("tsrange", "[2020-01-01 10:00, 2020-01-02 10:00)", "daterange", Lost),
    ("tsrange", "[2020-01-01, 2020-01-02)", "daterange", Kept),
    ("json", r#"{"a": 1, "b": 2}"#, "jsonb", Kept),
    ("json", r#"{"bb": 1, "a": [1, 2.50]}"#, "jsonb", Kept),
    ("json", r#"{"a": 1, "a": 2}"#, "jsonb", Lost),
    ("jsonb", r#"{"a": 1}"#, "json", Kept),
    ("jsonb", r#"{"a": 1}"#, "text", Kept),
    ("text", r#"{"a": 1}"#, "jsonb", Kept),
    ("text", r#"{"a": 1, "a": 2}"#, "jsonb", Lost),
    ("text", "the fat cat", "tsvector", Lost),
    ("text", "42", "int", Kept),
    ("text", "007", "int", Lost),
    ("text", "+49", "int", Lost),
    ("text", "x", "int", Refused),
    ("text", "1.50", "numeric(5,2)", Kept),
    ("text", "1.505", "numeric(5,2)", Lost),
    ("text", "0.5", "numeric", Kept),
    ("text", "0815", "numeric", Lost),
    ("text", "0.5", "float8", Kept),
    ("text", "12345678901234567890.5", "float8", Lost),
    ("text", "2020-01-01", "date", Kept),
    ("text", "2020-01-01 10:00", "date", Lost),
    ("text", "2020-01-02 03:04:05", "timestamp", Kept),
    ("text", "2020-01-02T03:04:05.5", "timestamp", Kept),
    ("text", "Jan 2 2020 10:00 PM", "timestamp", Kept),
    ("text", "2020-01-02 03:04:05.5", "timestamp(0)", Lost),
    ("text", "2020-01-02 03:04:05+05", "timestamp", Lost),
    ("text", "2020-01-02T03:04:05Z", "timestamp", Lost),
    ("text", "2020-01-02 03:04:05+05", "timestamptz", Kept),
    ("text", "2020-01-02 03:04:05.1234+00", "timestamptz(3)", Lost),
    ("text", "03:04:05", "time", Kept),
    ("text", "10:00 PM", "time", Kept),
    ("text", "2020-01-02 03:04:05", "time", Lost),
    ("text", "03:04:05.25", "time(1)", Lost),
    ("text", "1 day 12:34:56", "interval", Kept),
    ("text", "1 day 12:34:56", "interval day", Lost),
    ("text", "1.5 s", "interval(0)", Lost),
    ("text", "abc", "numeric", Refused),
    ("text", "maybe", "boolean", Refused),
    ("text", "yes", "boolean", Kept),
    ("text", "abc", "uuid", Refused),
    ("float8", "NaN", "real", Kept),
    ("float8", "NaN", "numeric(10,2)", Kept),
    ("text", "{1,2}", "varchar(2)[]", Kept),
    ("text", "{123}", "varchar(2)[]", Lost),
    ("text", "abc  ", "varchar(3)", Lost),
    ("text", "abc  ", "char(3)", Kept),
    ("text", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "uuid", Kept),
    ("text", "10.0.0.1", "inet", Kept),
    ("varchar(20)", "abc", "varchar(3)", Kept),
    ("varchar(20)", "abcd", "varchar(3)", Refused),
    ("char(5)", "ab", "text", Kept),
    ("inet", "10.0.0.0/8", "cidr", Kept),
    ("inet", "10.0.0.1/8", "cidr", Lost),
    ("money", "1234.50", "numeric(12,2)", Kept),
    ("money", "1234.50", "numeric(12,1)", Kept),
    ("numeric(12,2)", "1234.50", "money", Kept),
    ("bit(8)", "00000101", "int", Kept),
    ("int", "1", "bit(4)", Kept),
    ("int", "100", "bit(4)", Lost),
    ("int[]", "{1,0}", "boolean[]", Kept),
    ("jsonb", "5", "int", Kept),
    ("jsonb", "5.5", "int", Lost),
    ("int4range", "[1,3)", "int4multirange", Kept),
    ("time", "10:00", "interval", Kept),
    ("bit(3)", "101", "varbit", Kept),
    ("text", "101", "bit(3)", Kept),
    ("text", "10111", "bit(4)", Lost),
    ("text", "10111", "varbit(4)", Lost),
    ("text", "1.239", "money", Lost),
    ("text", "1.25", "money", Kept),
    ("text", "-1", "oid", Lost),
    ("text", "7", "oid", Kept),
    ("oid", "4000000000", "int", Lost),
    ("oid", "7", "int", Kept),
    ("int", "-1", "oid", Lost),
    ("text", "abc", "bytea", Kept),
    ("text", r"a\\b", "bytea", Lost),
    ("text", "[2020-01-01 10:00,2020-01-02 10:00)", "daterange", Lost),
    ("text", "[1,3)", "int4range", Kept),
    ("text", "(1.5,2)", "point", Kept),
    ("text", "(1.12345678901234567890,2)", "point", Lost),
    ("text[]", "{10111}", "bit(4)[]", Lost),
    // Behind a domain, in a composite type and in a range.
    ("fine", "1.2345", "numeric(10,2)", Lost),
    ("fine", "1.25", "numeric(10,2)", Kept),
    ("numeric(10,4)", "1.2345", "coarse", Lost),
    ("fine", "1.2345", "coarse", Lost),
    ("fine", "1.25", "coarse", Kept),
    ("fine[]", "{1.2345}", "coarse[]", Lost),
    ("fine[]", "{1.25}", "coarse[]", Kept),
];

/// Types that become others themselves: how they are made, a value, how they are written, and what becomes of it.
const TYPES: &[(&str, &str, &str, Fate)] = &[
    ("create domain {} as numeric(10,4)", "1.2345", "[domain.{}]\ntype = \"numeric(10,2)\"", Lost),
    ("create domain {} as numeric(10,4)", "1.25", "[domain.{}]\ntype = \"numeric(10,2)\"", Kept),
    ("create domain {} as timestamp", "2020-01-01 10:00", "[domain.{}]\ntype = \"date\"", Lost),
    ("create domain {} as timestamp", "2020-01-01", "[domain.{}]\ntype = \"date\"", Kept),
    ("create domain {} as float8", "0.1234567890123", "[domain.{}]\ntype = \"real\"", Lost),
    ("create domain {} as varchar(9)", "abcdef", "[domain.{}]\ntype = \"varchar(3)\"", Lost),
    ("create domain {} as int", "7", "[domain.{}]\ntype = \"bigint\"", Kept),
    ("create domain {} as timestamp[]", "{2020-01-01 10:00}", "[domain.{}]\ntype = \"date[]\"", Lost),
    (
        "create type {} as (a numeric(10,4))",
        "(1.2345)",
        "[composite.{}.attribute]\na = { type = \"numeric(10,2)\" }",
        Lost,
    ),
    (
        "create type {} as (a numeric(10,4))",
        "(1.25)",
        "[composite.{}.attribute]\na = { type = \"numeric(10,2)\" }",
        Kept,
    ),
    (
        "create type {} as (a timestamp)",
        "(2020-01-01 10:00)",
        "[composite.{}.attribute]\na = { type = \"date\" }",
        Lost,
    ),
    (
        "create type {} as range (subtype = timestamp)",
        "[2020-01-01 10:00, 2020-01-03)",
        "[range.{}]\nsubtype = \"date\"",
        Lost,
    ),
    (
        "create type {} as range (subtype = timestamp)",
        "[2020-01-01, 2020-01-03)",
        "[range.{}]\nsubtype = \"date\"",
        Kept,
    ),
];

fn report(project: &Project) -> serde_json::Value {
    serde_json::from_str(&project.run("plan", &["--probe", "--format", "json"]).must(0).out).unwrap()
}

#[test]
fn what_another_type_does_not_keep_needs_leave() {
    on_each(|project, database| {
        database.run("create domain fine as numeric(10,4); create domain coarse as numeric(10,2)").unwrap();
        let mut toml = "domain.fine.type = \"numeric(10,4)\"\ndomain.coarse.type = \"numeric(10,2)\"\n".to_owned();
        for (at, (old, value, new, _)) in PAIRS.iter().enumerate() {
            database.run(&format!("create table p{at:02} (c {old}); insert into p{at:02} values ('{value}')")).unwrap();
            toml.push_str(&format!("[table.p{at:02}.column]\nc = {{ type = \"{new}\", null = true }}\n"));
        }
        for (at, (made, value, written, _)) in TYPES.iter().enumerate() {
            let of = |text: &str| text.replacen("{}", &format!("x{at:02}"), 1);
            database
                .run(&format!(
                    "{}; create table y{at:02} (c x{at:02}, d x{at:02}[]); insert into y{at:02} values ('{value}')",
                    of(made)
                ))
                .unwrap();
            toml.push_str(&format!("{}\n[table.y{at:02}.column]\nc = {{ type = \"x{at:02}\", null = true }}\nd = {{ type = \"x{at:02}[]\", null = true }}\n", of(written)));
        }
        project.write_schema(&toml);
        let report = report(project);
        let mut wrong = Vec::new();
        let expected = PAIRS
            .iter()
            .enumerate()
            .map(|(at, (old, value, new, fate))| (format!("p{at:02}"), format!("{value} from {old} to {new}"), *fate));
        let types = TYPES
            .iter()
            .enumerate()
            .map(|(at, (made, value, new, fate))| (format!("y{at:02}"), format!("{value}: {made}, then {new}"), *fate));
        for (table, what, fate) in expected.chain(types) {
            let (said, why) = said(&report, &table);
            if said != fate || why.contains("could not be counted") {
                wrong.push(format!("{what}: {fate:?}, the plan says {said:?}\n{why}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// What is no loss of a value, and yet to be known before.
#[test]
fn what_else_a_change_does_is_said() {
    on_each(|project, database| {
        let sql = "create type mood as enum ('a', 'b'); create table t (m mood, at timestamp); \
                   create sequence used; select nextval('used'); create sequence unused";
        database.run(sql).unwrap();
        project.write_schema(
            "[enum.mood]\nvalues = [\"b\", \"a\"]\n[table.t.column]\nm = { type = \"mood\", null = true }\nat = { type = \"timestamptz\", null = true }\n",
        );
        let report = report(project);
        let steps = report["steps"].as_array().unwrap();
        let hazards = steps.iter().flat_map(|step| step["hazards"].as_array().unwrap());
        let found: Vec<_> = hazards
            .map(|hazard| format!("{} {}", hazard["kind"].as_str().unwrap(), hazard["address"].as_str().unwrap()))
            .collect();
        for expected in ["rewrite table.t.column.m", "notice table.t.column.at", "data_loss sequence.used"] {
            assert!(found.iter().any(|hazard| hazard == expected), "{expected}: {found:?}");
        }
        // In UTC the one is as the other, and no row is written.
        for wrong in ["sequence.unused", "rewrite table.t.column.at"] {
            assert!(!found.iter().any(|hazard| hazard.contains(wrong)), "{wrong}: {found:?}");
        }
    });
}
