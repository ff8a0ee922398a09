//! Plans made by hand, for the tests of the reports.
#![allow(clippy::unwrap_used)]

use crate::catalog::{
    Catalog, Column, Entry, Fingerprint, Index, Kind, Name, Object, ObjectId, Part, PrimaryKey, Sql, Table,
};
use crate::database::Target;
use crate::dialect::DialectName;
use crate::document::Intent;
use crate::plan::{Action, Change, Difference, FORMAT, Hazard, HazardKind, Note, Plan, Refusal, Step, Unknown};

pub(super) fn table(name: &str) -> ObjectId {
    ObjectId::top(Kind::Table, None, Name::exact(name))
}

pub(super) fn view(name: &str) -> ObjectId {
    ObjectId::top(Kind::View, None, Name::exact(name))
}

pub(super) fn column(table: &ObjectId, name: &str) -> ObjectId {
    table.child(Kind::Column, Name::exact(name))
}

pub(super) fn sql(text: &str) -> Sql {
    Sql::new(text, text)
}

pub(super) fn differs(attribute: &str, from: Option<&str>, to: Option<&str>) -> Difference {
    Difference { attribute: attribute.into(), from: from.map(Into::into), to: to.map(Into::into) }
}

pub(super) fn change(id: ObjectId, action: Action, summary: &str, differences: Vec<Difference>) -> Change {
    Change { id, action, differences, summary: summary.into(), rebuild: false }
}

pub(super) fn step(id: ObjectId, summary: &str, sql: &[&str], hazards: Vec<Hazard>) -> Step {
    Step {
        id,
        summary: summary.into(),
        sql: sql.iter().map(|&s| s.into()).collect(),
        hazards,
        probes: Vec::new(),
        transaction: crate::plan::Transaction::Shared,
        in_schema: None,
    }
}

pub(super) fn empty() -> Plan {
    Plan {
        format: FORMAT,
        trueup: "0.1.0".into(),
        target: Target {
            dialect: DialectName::Sqlite,
            url: "sqlite:shop.db".into(),
            location: "sqlite:/srv/shop.db".into(),
            server: "SQLite 3.50.0".into(),
            notes: Vec::new(),
        },
        fingerprint: Fingerprint::of(&Catalog::default()),
        changes: Vec::new(),
        steps: Vec::new(),
        edges: Vec::new(),
        protected: Vec::new(),
        refusals: Vec::new(),
        unknown: Vec::new(),
        needed: Vec::new(),
        unmanaged: Vec::new(),
        notes: Vec::new(),
        live: Catalog::default(),
        desired: Catalog::default(),
        intent: Intent::default(),
        seal: String::new(),
    }
}

fn entry(object: Object) -> Entry {
    Entry::new(object, 0)
}

fn plain_column(ty: &str) -> Object {
    Object::Column(Column {
        ty: Some(sql(ty)),
        null: false,
        default: None,
        generated: None,
        collation: None,
        options: crate::catalog::Options::default(),
        ..Column::default()
    })
}

/// A bit of everything.
pub(super) fn shop() -> Plan {
    let (order, refund, coupon) = (table("order"), table("refund"), table("coupon_2019"));
    let mut plan = empty();
    let index = order.child(Kind::Index, Name::exact("order_old"));
    let by_order = refund.child(Kind::Index, Name::exact("refund_by_order"));
    let key = PrimaryKey {
        name: None,
        columns: vec![Part::column(Name::exact("id"))],
        options: crate::catalog::Options::default(),
        ..PrimaryKey::default()
    };
    let index_object = Index {
        columns: vec![Part::column(Name::exact("order_id"))],
        unique: false,
        predicate: None,
        ..Index::default()
    };
    plan.desired = [
        (refund.clone(), entry(Object::Table(Table::default()))),
        (column(&refund, "id"), entry(plain_column("integer"))),
        (column(&refund, "order_id"), entry(plain_column("integer"))),
        (refund.primary_key(), entry(Object::PrimaryKey(key))),
        (by_order.clone(), entry(Object::Index(index_object))),
    ]
    .into_iter()
    .collect();
    plan.changes = vec![
        change(coupon.clone(), Action::Drop, "loses 1,204 rows", vec![]),
        change(column(&coupon, "code"), Action::Drop, "text", vec![]),
        change(column(&order, "note"), Action::Create, "text, null", vec![]),
        change(
            column(&order, "total"),
            Action::Alter,
            "",
            vec![differs("type", Some("numeric(10,2)"), Some("numeric(12,2)"))],
        ),
        change(
            column(&order, "status"),
            Action::Rename { from: column(&order, "state") },
            "",
            vec![differs("default", None, Some("'new'"))],
        ),
        change(index, Action::Drop, "", vec![]),
        change(refund.clone(), Action::Create, "", vec![]),
        change(column(&refund, "id"), Action::Create, "integer", vec![]),
        change(column(&refund, "order_id"), Action::Create, "integer", vec![]),
        change(refund.primary_key(), Action::Create, "id", vec![]),
        change(by_order, Action::Create, "order_id", vec![]),
        change(
            view("open_order"),
            Action::Recreate { because: Some("column.total changes its type".into()) },
            "",
            vec![],
        ),
        change(
            view("sales"),
            Action::Alter,
            "",
            vec![differs(
                "query",
                Some("select day, sum(total) as total\nfrom \"order\"\nwhere status = 'paid'\ngroup by day"),
                Some(
                    "select day, sum(total) as total\nfrom \"order\"\nwhere status in ('paid', 'shipped')\ngroup by day",
                ),
            )],
        ),
    ];
    for change in plan.changes.iter_mut().filter(|change| change.id == column(&order, "total")) {
        change.rebuild = true;
    }
    let loss = Hazard {
        kind: HazardKind::DataLoss,
        id: coupon.clone(),
        message: "loses data: the table has 1,204 rows".into(),
    };
    let rewrite = Hazard {
        kind: HazardKind::Rewrite,
        id: column(&order, "total"),
        message: "copies table.order (31,000 rows)".into(),
    };
    plan.steps = vec![
        step(
            refund.clone(),
            "create table.refund",
            &["CREATE TABLE refund (\n  id INTEGER PRIMARY KEY -- the key\n)"],
            vec![],
        ),
        step(
            order.clone(),
            "rebuild table.order",
            &[
                "CREATE TABLE \"order~\" (id)",
                "DROP TABLE \"order\"",
                "ALTER TABLE \"order~\" RENAME TO \"order\" -- done",
            ],
            vec![rewrite],
        ),
        step(coupon, "drop table.coupon_2019", &["DROP TABLE coupon_2019"], vec![loss]),
    ];
    plan.unmanaged = vec!["2 operators".into()];
    plan
}

/// What stands in the way of a clean answer.
pub(super) fn troubled() -> Plan {
    let mut plan = empty();
    let order = table("order");
    plan.unknown = vec![Unknown { id: view("geo"), reason: "no such function: st_area".into() }];
    plan.refusals = vec![Refusal {
        id: column(&order, "total"),
        reason: "3 rows have text in it, which does not fit integer, for example 'n/a'".into(),
        advice: "write using = \"...\" in table.order.column.total, or mend the rows".into(),
    }];
    plan.notes = vec![Note {
        id: table("client"),
        message: "looks like table.customer under another name: write renamed_from = \"customer\" to keep its rows"
            .into(),
    }];
    plan
}

/// A table with another name, and a column that went with the old one.
pub(super) fn renamed_table() -> Plan {
    let mut plan = empty();
    plan.changes = vec![
        change(table("order"), Action::Rename { from: table("orders") }, "", vec![]),
        change(column(&table("orders"), "note"), Action::Drop, "", vec![]),
    ];
    plan
}
