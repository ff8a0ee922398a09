use super::*;
use crate::catalog::{
    Catalog, Check, Column, ForeignKey, Generated, Identity, Index, Name, Object, Part, Policy, PrimaryKey, Sequence,
    Sql, Table, View,
};
use crate::database::{Elaborated, Live};
use crate::diff::{Renames, compare};
use crate::document::Intent;
use crate::plan::steps_of;

fn sql(text: &str) -> Sql {
    Sql::new(text, text)
}

fn top(kind: Kind, name: &str) -> ObjectId {
    ObjectId::top(kind, None, Name::exact(name))
}

fn table(name: &str) -> ObjectId {
    top(Kind::Table, name)
}

fn col(table: &ObjectId, name: &str) -> ObjectId {
    table.child(Kind::Column, Name::exact(name))
}

#[derive(Default, Clone)]
struct Made(Catalog, u32);

impl Made {
    fn with(self, id: &ObjectId, object: Object) -> Self {
        self.mentioning(id, object, &[])
    }

    fn mentioning(mut self, id: &ObjectId, object: Object, mentions: &[ObjectId]) -> Self {
        let mut entry = Entry::new(object, self.1);
        entry.mentions = mentions.to_vec();
        self.1 += 1;
        self.0.insert(id.clone(), entry).unwrap();
        self
    }

    fn table(self, name: &str, columns: &[(&str, &str)]) -> Self {
        let id = table(name);
        let mut made = self.with(&id, Object::Table(Table::default()));
        for (name, ty) in columns {
            let ty = Some(sql(ty));
            made = made.with(&col(&id, name), Object::Column(Column { ty, null: true, ..Column::default() }));
        }
        made
    }

    fn view(self, name: &str, query: &str, mentions: &[ObjectId]) -> Self {
        self.mentioning(&top(Kind::View, name), Object::View(View { query: sql(query), ..View::default() }), mentions)
    }

    fn without(mut self, id: &ObjectId) -> Self {
        self.0.remove(id).unwrap();
        self
    }

    fn commented(mut self, id: &ObjectId, text: &str) -> Self {
        self.0.get_mut(id).unwrap().comment = Some(text.into());
        self
    }
}

/// The statements that take one catalog to the other. With TRUEUP_TEST_SQL they are written below that folder too, so
/// that a server can run them.
fn plan(name: &str, live: &Made, desired: &Made) -> Vec<String> {
    let mut all = Vec::new();
    for (part, live, desired) in [("before", &Catalog::default(), &live.0), ("after", &live.0, &desired.0)] {
        let deltas = compare(live, desired);
        let cx = Context {
            live,
            desired,
            deltas: &deltas,
            renames: &Renames::default(),
            intent: &Intent::default(),
            read: &Live::default(),
            elaborated: &Elaborated::default(),
            version: 150_000,
            complete_grants: true,
        };
        let (steps, refusals) = steps_of(&cx, &PostgresRules).unwrap();
        assert!(refusals.is_empty(), "{refusals:?}");
        all = steps.into_iter().flat_map(|step| step.sql).collect();
        if let Ok(folder) = std::env::var("TRUEUP_TEST_SQL") {
            let text: String = all.iter().map(|sql| format!("{sql};\n")).collect();
            std::fs::write(format!("{folder}/{name}.{part}.sql"), text).unwrap();
        }
    }
    all
}

fn change(made: &Made, id: &ObjectId, edit: impl FnOnce(&mut Object)) -> Made {
    let mut made = made.clone();
    edit(&mut made.0.get_mut(id).unwrap().object);
    made
}

fn retype(made: &Made, id: &ObjectId, ty: &str) -> Made {
    change(made, id, |object| {
        if let Object::Column(column) = object {
            column.ty = Some(sql(ty));
        }
    })
}

#[test]
fn what_looks_at_a_retyped_column_is_made_again_around_it() {
    let t = table("t");
    let (a, b) = (col(&t, "a"), col(&t, "b"));
    let v = top(Kind::View, "v");
    let live = Made::default()
        .table("t", &[("a", "integer"), ("b", "text")])
        .view("v", "SELECT a FROM t", &[t.clone(), a.clone()])
        .view("w", "SELECT a FROM v", std::slice::from_ref(&v))
        .commented(&v, "it's a view")
        .mentioning(
            &t.child(Kind::Policy, Name::exact("p")),
            Object::Policy(Policy { using: Some(sql("a > 0")), ..Policy::default() }),
            std::slice::from_ref(&a),
        )
        .mentioning(
            &col(&t, "g"),
            Object::Column(Column {
                ty: Some(sql("integer")),
                null: true,
                generated: Some(Generated { sql: sql("a * 2"), stored: true }),
                ..Column::default()
            }),
            std::slice::from_ref(&a),
        )
        .with(
            &t.child(Kind::Index, Name::exact("t_g")),
            Object::Index(Index { columns: vec![Part::column(Name::exact("g"))], ..Index::default() }),
        );
    let desired = retype(&live, &a, "bigint");
    assert_eq!(
        plan("retype", &live, &desired),
        [
            "DROP INDEX public.t_g",
            "ALTER TABLE public.t DROP COLUMN g",
            "DROP POLICY p ON public.t",
            "DROP VIEW public.w",
            "DROP VIEW public.v",
            "ALTER TABLE public.t ALTER COLUMN a TYPE bigint",
            "ALTER TABLE public.t ADD COLUMN g integer GENERATED ALWAYS AS (a * 2) STORED",
            "CREATE INDEX t_g ON public.t (g)",
            "CREATE POLICY p ON public.t USING (a > 0)",
            "CREATE VIEW public.v AS\nSELECT a FROM t",
            "COMMENT ON VIEW public.v IS 'it''s a view'",
            "CREATE VIEW public.w AS\nSELECT a FROM v",
        ]
    );
    let _ = b;
}

#[test]
fn tables_that_refer_to_each_other_come_and_go() {
    let (a, b) = (table("a"), table("b"));
    let key = |table: &ObjectId, other: &ObjectId| {
        (
            table.child(Kind::ForeignKey, Name::exact(format!("{}_fk", table.name()))),
            Object::ForeignKey(ForeignKey {
                unnamed: false,
                columns: vec![Name::exact("x")],
                references: other.clone(),
                ref_columns: vec![Name::exact("x")],
                on_delete: crate::catalog::Action::Cascade,
                on_update: crate::catalog::Action::NoAction,
                matching: None,
                deferrable: crate::catalog::Deferrable::No,
                on_delete_columns: Vec::new(),
                not_valid: false,
                not_enforced: false,
                period: false,
            }),
        )
    };
    let primary =
        || Object::PrimaryKey(PrimaryKey { columns: vec![Part::column(Name::exact("x"))], ..PrimaryKey::default() });
    let (ab, ba) = (key(&a, &b), key(&b, &a));
    let both = Made::default()
        .table("a", &[("x", "integer")])
        .table("b", &[("x", "integer")])
        .with(&a.primary_key(), primary())
        .with(&b.primary_key(), primary())
        .with(&ab.0, ab.1)
        .with(&ba.0, ba.1);
    assert_eq!(
        plan("mutual", &both, &Made::default()),
        [
            "ALTER TABLE public.a DROP CONSTRAINT a_fk",
            "ALTER TABLE public.b DROP CONSTRAINT b_fk",
            "DROP TABLE public.a",
            "DROP TABLE public.b",
        ]
    );
    // The key that they refer to is made again, and both with it.
    let desired = retype(&retype(&both, &col(&a, "x"), "uuid"), &col(&b, "x"), "uuid");
    let steps = plan("mutual_retyped", &both, &desired);
    assert_eq!(steps[..2], ["ALTER TABLE public.a DROP CONSTRAINT a_fk", "ALTER TABLE public.b DROP CONSTRAINT b_fk"]);
    assert!(steps.last().is_some_and(|last| last.contains("FOREIGN KEY")), "{steps:?}");
}

#[test]
fn a_serial_column_becomes_an_identity() {
    let t = table("t");
    let (id, seq) = (col(&t, "id"), top(Kind::Sequence, "t_id_seq"));
    let serial = Made::default()
        .with(&t, Object::Table(Table::default()))
        .mentioning(
            &id,
            Object::Column(Column {
                ty: Some(sql("integer")),
                default: Some(sql("nextval('t_id_seq'::regclass)")),
                ..Column::default()
            }),
            std::slice::from_ref(&seq),
        )
        .with(
            &seq,
            Object::Sequence(Sequence { owned_by: Some(id.clone()), ty: Some(sql("integer")), ..Sequence::default() }),
        );
    let identity = Made::default().with(&t, Object::Table(Table::default())).with(
        &id,
        Object::Column(Column { ty: Some(sql("integer")), identity: Some(Identity::default()), ..Column::default() }),
    );
    assert_eq!(
        plan("serial_to_identity", &serial, &identity),
        [
            "ALTER TABLE public.t ALTER COLUMN id DROP DEFAULT",
            "SELECT pg_catalog.set_config('trueup.place_table$t$column$id', coalesce(pg_catalog.pg_sequence_last_value('public.t_id_seq'::pg_catalog.regclass)::text, ''), false)",
            "DROP SEQUENCE public.t_id_seq",
            "ALTER TABLE public.t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY",
            "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence('public.t', 'id'), s.at) FROM (SELECT greatest((SELECT max(id) FROM public.t)::bigint, nullif(pg_catalog.current_setting('trueup.place_table$t$column$id', true), '')::bigint) AS at) AS s WHERE s.at >= 1",
        ]
    );
    assert_eq!(
        plan("identity_to_serial", &identity, &serial),
        [
            "SELECT pg_catalog.set_config('trueup.place_table$t$column$id', coalesce(pg_catalog.pg_sequence_last_value(pg_catalog.pg_get_serial_sequence('public.t', 'id')::pg_catalog.regclass)::text, ''), false)",
            "ALTER TABLE public.t ALTER COLUMN id DROP IDENTITY",
            "CREATE SEQUENCE public.t_id_seq AS integer",
            "ALTER TABLE public.t ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass)",
            "ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id",
            "SELECT pg_catalog.setval('public.t_id_seq', s.at) FROM (SELECT greatest((SELECT max(id) FROM public.t)::bigint, nullif(pg_catalog.current_setting('trueup.place_table$t$column$id', true), '')::bigint) AS at) AS s WHERE s.at >= 1",
        ]
    );
    assert_eq!(plan("serial_dropped", &serial, &Made::default()), ["DROP TABLE public.t"], "its sequence goes with it");
}

#[test]
fn a_sequence_that_changes_its_owner_outlives_the_old_one() {
    let (t, u) = (table("t"), table("u"));
    let seq = top(Kind::Sequence, "s");
    let owned = |column: ObjectId| Object::Sequence(Sequence { owned_by: Some(column), ..Sequence::default() });
    let live = Made::default().table("t", &[("a", "bigint"), ("b", "text")]).with(&seq, owned(col(&t, "a")));
    let desired = Made::default().table("u", &[("a", "bigint")]).with(&seq, owned(col(&u, "a")));
    assert_eq!(
        plan("sequence_owner", &live, &desired),
        [
            "ALTER SEQUENCE public.s OWNED BY NONE",
            "DROP TABLE public.t",
            "CREATE TABLE public.u (\n    a bigint\n)",
            "ALTER SEQUENCE public.s OWNED BY public.u.a",
        ]
    );
}

#[test]
fn partitions_are_attached_and_detached() {
    let (t, p) = (table("t"), table("p"));
    let whole = || {
        let made = Made::default().table("t", &[("a", "integer")]);
        change(&made, &t, |object| {
            if let Object::Table(table) = object {
                table.partition_by = Some(sql("list (a)"));
            }
        })
    };
    let part = |values: &str| {
        Object::Table(Table { partition_of: Some(t.clone()), values: Some(sql(values)), ..Table::default() })
    };
    let attached = whole().with(&p, part("in (1)"));
    let alone = whole().table("p", &[("a", "integer")]);
    assert_eq!(plan("detach", &attached, &alone), ["ALTER TABLE public.t DETACH PARTITION public.p"]);
    assert_eq!(plan("attach", &alone, &attached), ["ALTER TABLE public.t ATTACH PARTITION public.p FOR VALUES in (1)"]);
    assert_eq!(
        plan("bound", &attached, &whole().with(&p, part("in (2)"))),
        [
            "ALTER TABLE public.t DETACH PARTITION public.p",
            "ALTER TABLE public.t ATTACH PARTITION public.p FOR VALUES in (2)"
        ]
    );
    assert_eq!(plan("partitions_dropped", &attached, &Made::default()), ["DROP TABLE public.p", "DROP TABLE public.t"]);
}

#[test]
fn names_that_are_taken_are_freed_first() {
    let (a, b) = (table("a"), table("b"));
    let key = || {
        Object::PrimaryKey(PrimaryKey {
            name: Some(Name::exact("k")),
            columns: vec![Part::column(Name::exact("x"))],
            ..PrimaryKey::default()
        })
    };
    let live = Made::default().table("b", &[("x", "integer")]).with(&b.primary_key(), key());
    let desired =
        Made::default().table("b", &[("x", "integer")]).table("a", &[("x", "integer")]).with(&a.primary_key(), key());
    assert_eq!(
        plan("trade", &live, &desired),
        [
            "ALTER TABLE public.b DROP CONSTRAINT k",
            "CREATE TABLE public.a (\n    x integer,\n    CONSTRAINT k PRIMARY KEY (x)\n)"
        ]
    );
}

#[test]
fn an_enum_column_and_its_checks() {
    let t = table("t");
    let live = Made::default().table("t", &[("a", "smallint")]).mentioning(
        &t.child(Kind::Check, Name::exact("c")),
        Object::Check(Check { sql: sql("a > 0"), ..Check::default() }),
        &[col(&t, "a")],
    );
    let desired = retype(&live, &col(&t, "a"), "text").without(&t.child(Kind::Check, Name::exact("c")));
    assert_eq!(
        plan("check_dropped", &live, &desired),
        ["ALTER TABLE public.t DROP CONSTRAINT c", "ALTER TABLE public.t ALTER COLUMN a TYPE text"]
    );
}
