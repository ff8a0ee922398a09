#![allow(clippy::unwrap_used)]

use super::*;

fn only_column(sql: &str) -> String {
    let table = create_table(sql).unwrap();
    assert_eq!(table.columns.len(), 1, "{sql}");
    format!("{:?}", table.columns.first().unwrap())
}

#[test]
fn types_are_what_sqlite_keeps_of_them() {
    for (written, kept) in [
        ("int", Some("int")),
        ("", None),
        ("numeric(15, 4)", Some("numeric(15, 4)")),
        ("double /* wide */ precision", Some("double /* wide */ precision")),
        ("\"my type\"", Some("my type")),
        ("int generated always as (1)", Some("int")),
        ("generated always as (1)", None),
        ("varchar(10) generated always as (1)", Some("varchar(10)")),
        ("generated", Some("generated")),
    ] {
        let sql = format!("create table t (a {written})");
        let table = create_table(&sql).unwrap();
        assert_eq!(table.columns.first().unwrap().ty.as_deref(), kept, "{sql}");
    }
}

#[test]
fn defaults_are_the_text_that_sqlite_reports() {
    for (written, text) in [
        ("1", "1"),
        ("- 1", "- 1"),
        ("( 1 /* one */ )", "1 /* one */"),
        ("\"x\"", "\"x\""),
        ("key", "key"),
        ("x'00'", "x'00'"),
    ] {
        let sql = format!("create table t (a default {written} not null)");
        let table = create_table(&sql).unwrap();
        assert_eq!(table.columns.first().unwrap().default, Some(text), "{sql}");
        assert_eq!(table.columns.first().unwrap().not_null, Some(Conflict::Abort), "{sql}");
    }
}

#[test]
fn a_name_belongs_to_the_constraint_right_behind_it() {
    let names = |sql| -> Vec<Option<String>> {
        let table = create_table(sql).unwrap();
        table
            .constraints
            .into_iter()
            .map(|constraint| match constraint {
                ConstraintDef::PrimaryKey { name, .. }
                | ConstraintDef::Unique { name, .. }
                | ConstraintDef::Check { name, .. } => name,
                ConstraintDef::ForeignKey(key) => key.name,
            })
            .collect()
    };
    let x = || Some("x".to_owned());
    assert_eq!(names("create table t (a constraint x not null unique check (a))"), [None, None]);
    assert_eq!(names("create table t (a constraint x not null, check (a))"), [None]);
    assert_eq!(names("create table t (a constraint x not null, b check (b))"), [None]);
    assert_eq!(names("create table t (a, constraint x check (a) check (a), check (a))"), [x(), None, None]);
    assert_eq!(names("create table t (a, constraint x unique (a) foreign key (a) references t)"), [x(), None]);
    assert_eq!(names("create table t (a constraint y constraint x primary key)"), [x()]);
}

#[test]
fn deferrable_belongs_to_the_foreign_key_before_it() {
    let table = create_table(
        "create table t (a references u on update cascade match FULL on delete set null not null deferrable initially deferred, b)",
    )
    .unwrap();
    let Some(ConstraintDef::ForeignKey(key)) = table.constraints.first() else { unreachable!() };
    assert_eq!(key.deferrable, Deferrable::Deferred);
    assert_eq!((key.on_update, key.on_delete), (Action::Cascade, Action::SetNull));
    assert_eq!(key.matching.as_deref(), Some("full"));
    assert_eq!(table.columns.first().unwrap().not_null, Some(Conflict::Abort));
}

#[test]
fn options_stand_in_any_order() {
    for options in ["strict, without rowid", "WITHOUT ROWID,STRICT"] {
        let sql = format!("create table t (a int primary key) {options}");
        let table = create_table(&sql).unwrap();
        assert!(table.strict && table.without_rowid, "{sql}");
    }
}

#[test]
fn what_is_no_table_says_where() {
    for (sql, message) in [
        ("create table t (a", "its stored SQL ends where `)` was expected"),
        ("create table t (a int) engine", "its stored SQL has `engine` at byte 23, where the end was expected"),
        ("create table t (a check (1)", "its stored SQL ends where `)` was expected"),
        ("create table t as select 1", "its stored SQL has `as` at byte 15, where `(` was expected"),
    ] {
        assert_eq!(create_table(sql).unwrap_err().to_string(), message);
    }
    assert!(only_column("create table \"a b\" ([c d])").contains("c d"));
}
