//! What is left out, what is said to be wrong, and what is mentioned.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::catalog::Catalog;

fn live(sql: &str) -> Live {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(sql).unwrap();
    introspect(&conn).unwrap()
}

fn addresses<'a>(ids: impl Iterator<Item = &'a ObjectId>) -> Vec<String> {
    ids.map(ToString::to_string).collect()
}

fn top_level(catalog: &Catalog) -> Vec<String> {
    addresses(catalog.iter().map(|(id, _)| id).filter(|id| id.kind().is_top_level()))
}

#[test]
fn what_is_not_ours_is_left_out() {
    let live = live(
        "create table t (id integer primary key autoincrement, a unique); create index i on t (a);
         insert into t (a) values (1); analyze;
         create temp table tmp (a); create temp view tv as select 1; create temp trigger tt after insert on t begin select 1; end;
         create virtual table s using fts5(body); create virtual table r using rtree(id, x0, x1)",
    );
    assert_eq!(top_level(&live.catalog), ["table.t", "virtual_table.r", "virtual_table.s"]);
    assert!(live.unmanaged.is_empty());
}

#[test]
fn names_that_the_catalog_does_not_have_are_told() {
    let live = live(
        "create table t (a int constraint nn not null, b int constraint d default 5 not null constraint c check (b > 0));
         create table u (a text constraint nn not null constraint co collate nocase, b int constraint un unique)",
    );
    assert_eq!(
        live.unmanaged,
        ["names of 2 NOT NULL constraints", "the name of 1 DEFAULT constraint", "the name of 1 COLLATE constraint"]
    );
}

#[test]
fn the_tables_of_a_missing_module_are_left_alone() {
    let live = live(
        "create table vec_chunks (a); create table other (a); pragma writable_schema = on;
         insert into sqlite_schema values ('table', 'vec', 'vec', 0, 'CREATE VIRTUAL TABLE vec USING vec0(a)');
         pragma writable_schema = reset; create view v as select * from vec;",
    );
    assert_eq!(top_level(&live.catalog), ["table.other", "virtual_table.vec", "view.v"]);
    assert_eq!(live.unmanaged.len(), 1, "{live:#?}");
    assert_eq!(live.not_understood.values().collect::<Vec<_>>(), ["no such module: vec0"]);
    assert!(live.broken.values().all(|message| message.contains("vec0")), "{live:#?}");
}

#[test]
fn broken_views_and_triggers_are_named_with_what_sqlite_says() {
    let live = live(
        "create table t (a, b as (a)); create view good as select a from t; create view bad as select nope from t;
         create view worse as select * from bad;
         create trigger fine after insert on t begin select 1; end;
         create trigger ill after insert on t begin insert into gone values (1); end;
         create trigger ill_update after update on t begin select nope2 from t; end;
         create trigger on_view instead of delete on good begin delete from t where a = old.a; end;
         create trigger insert_view instead of insert on good begin insert into t (a) values (new.a); end;
         create trigger update_view instead of update on good begin update t set a = new.a; end;",
    );
    let broken: Vec<_> = live.broken.iter().map(|(id, message)| format!("{id}: {message}")).collect();
    assert_eq!(
        broken,
        [
            "table.t.trigger.ill: no such table: main.gone",
            "table.t.trigger.ill_update: no such column: nope2",
            "view.bad: no such column: nope",
            "view.worse: no such column: nope",
        ]
    );
}

#[test]
fn two_constraints_of_one_name_are_not_understood() {
    let live = live("create table t (a constraint x check (a > 0), constraint x check (a < 9))");
    assert_eq!(live.not_understood.values().collect::<Vec<_>>(), ["it has table.t.check.x twice"]);
}

#[test]
fn what_differs_from_the_report_is_not_understood() {
    // The connection goes on with the schema that it has read.
    let live = live(
        "create table t (a); create table u (a default 1); create table ok (a); pragma writable_schema = on;
         update sqlite_schema set sql = 'CREATE TABLE t (a, b)' where name = 't';
         update sqlite_schema set sql = 'CREATE TABLE u (a default 2)' where name = 'u';",
    );
    let reasons: Vec<_> = live.not_understood.iter().map(|(id, reason)| format!("{id}: {reason}")).collect();
    assert_eq!(
        reasons,
        [
            "table.t: number of columns: 2 in its SQL, 1 in SQLite's report",
            "table.u: column a: default: Some(\"2\") in its SQL, Some(\"1\") in SQLite's report",
        ]
    );
}

#[test]
fn mentions_are_what_the_text_names() {
    let live = live(
        "create table t (a, \"B c\", d as (a + 1), check (\"B c\" > 0)); create table u (a, z);
         create index i on t (lower(a)) where d > 0;
         create view v as select T.a from t join [u] on z = 'd';
         create trigger tr after insert on t when new.d begin update u set z = new.a; end;",
    );
    let mentions = |needle: &str| {
        let (_, entry) = live.catalog.iter().find(|(id, _)| id.to_string().contains(needle)).unwrap();
        addresses(entry.mentions.iter())
    };
    assert_eq!(mentions("table.t.column.d"), ["table.t.column.a"]);
    assert_eq!(mentions("table.t.check"), ["table.t.column.\"B c\""]);
    assert_eq!(mentions("table.t.index.i"), ["table.t.column.a", "table.t.column.d"]);
    assert_eq!(mentions("view.v"), ["table.t", "table.t.column.a", "table.u", "table.u.column.a", "table.u.column.z"]);
    assert_eq!(
        mentions("table.t.trigger.tr"),
        ["table.t.column.a", "table.t.column.d", "table.u", "table.u.column.a", "table.u.column.z"]
    );
}

#[test]
fn null_is_what_sqlite_reports_and_settles_to_the_same() {
    let live = live(
        "create table a (id integer primary key, n not null, x); create table b (id int primary key);
         create table c (id int primary key, x text) strict; create table d (id, x, primary key (id, x)) without rowid;
         create table e (id integer not null primary key); create table f (id integer primary key desc);",
    );
    for (id, entry) in live.catalog.iter() {
        let Object::Column(column) = &entry.object else { continue };
        let written = SQLITE.written_null(&live.catalog, id);
        assert_eq!(SQLITE.settle_null(&live.catalog, id, written), Ok(column.null), "{id} {written:?}");
    }
    let id = |table: &str| build::relation(Kind::Table, table).child(Kind::Column, name("id"));
    assert_eq!(SQLITE.written_null(&live.catalog, &id("a")), None);
    assert_eq!(SQLITE.written_null(&live.catalog, &id("b")), Some(true));
    assert_eq!(SQLITE.written_null(&live.catalog, &id("e")), Some(false));
    assert!(SQLITE.settle_null(&live.catalog, &id("c"), Some(true)).is_err());
}
