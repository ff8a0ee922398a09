//! Golden texts, with a dialect that knows just enough.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::catalog::{
    Action, Check, Column, Entry, Event, Folding, ForeignKey, Generated, Index, Name, OptionKey, OptionSpec,
    OptionType, OptionValue, Options, Order, Part, PartOf, PrimaryKey, Sql, Table, Timing, Trigger, Unique, View,
    VirtualTable,
};
use crate::dialect::{DialectName, ImpliedName, Literal};

#[derive(Debug)]
pub(crate) struct Tiny;

const CONFLICT: OptionType = OptionType::Word(&["abort", "ignore", "replace"], "abort");

static OPTIONS: [OptionSpec; 5] = [
    OptionSpec { key: OptionKey::Strict, on: Kind::Table, value: OptionType::Bool(false), doc: "", left_alone: false },
    OptionSpec {
        key: OptionKey::Autoincrement,
        on: Kind::PrimaryKey,
        value: OptionType::Bool(false),
        doc: "",
        left_alone: false,
    },
    OptionSpec {
        key: OptionKey::RowidAlias,
        on: Kind::PrimaryKey,
        value: OptionType::Bool(true),
        doc: "",
        left_alone: false,
    },
    OptionSpec { key: OptionKey::OnConflict, on: Kind::Column, value: CONFLICT, doc: "", left_alone: false },
    OptionSpec { key: OptionKey::OnConflict, on: Kind::Unique, value: CONFLICT, doc: "", left_alone: false },
];

impl Dialect for Tiny {
    fn name(&self) -> DialectName {
        DialectName::Sqlite
    }
    fn folding(&self, _: Kind) -> Folding {
        Folding::Ascii
    }
    fn kinds(&self) -> &'static [Kind] {
        &Kind::ALL
    }
    fn options(&self) -> &'static [OptionSpec] {
        &OPTIONS
    }
    fn expression(&self, text: &str) -> Sql {
        Sql::new(text, text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
    fn type_name(&self, text: &str) -> Sql {
        Sql::new(text, text.to_lowercase())
    }
    fn literal(&self, literal: &Literal) -> Sql {
        self.expression(&match literal {
            Literal::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Literal::Number(digits) => digits.clone(),
            Literal::Bool(value) => value.to_string(),
        })
    }
    fn read_literal(&self, sql: &Sql) -> Option<Literal> {
        let text = sql.as_str();
        match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
            Some(inner) => Some(Literal::Text(inner.replace("''", "'"))),
            None => text.parse::<f64>().ok().map(|_| Literal::Number(text.to_owned())),
        }
    }
    fn implied_name(&self, _: &ObjectId, constraint: &Object, copy: usize) -> ImpliedName {
        let list = |names: Vec<&str>| format!("({})", names.join(", "));
        let text = match constraint {
            Object::Unique(unique) => {
                list(unique.columns.iter().filter_map(|p| p.as_column().map(Name::key)).collect())
            }
            Object::ForeignKey(key) => format!(
                "{} references {} {}",
                list(key.columns.iter().map(Name::key).collect()),
                key.references.name(),
                list(key.ref_columns.iter().map(Name::key).collect())
            ),
            Object::Check(check) => check.sql.canonical().to_owned(),
            _ => String::new(),
        };
        let text = if copy == 0 { text } else { format!("{text} #{}", copy + 1) };
        ImpliedName { name: Name::new(text, Folding::Ascii), unnamed: true }
    }
    fn settle_null(&self, _: &Catalog, _: &ObjectId, written: Option<bool>) -> Result<bool, String> {
        Ok(written.unwrap_or(false))
    }
    fn written_null(&self, catalog: &Catalog, column: &ObjectId) -> Option<bool> {
        match catalog.object(column) {
            Some(Object::Column(column)) => column.null.then_some(true),
            _ => None,
        }
    }
    fn find_mentions(&self, _: &mut Catalog) {}
}

pub(crate) fn sql(text: &str) -> Sql {
    Tiny.expression(text)
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text, Folding::Ascii)
}

pub(crate) fn column(ty: &str) -> Column {
    Column {
        ty: Some(Tiny.type_name(ty)),
        null: false,
        default: None,
        generated: None,
        collation: None,
        options: Options::default(),
        ..Column::default()
    }
}

pub(crate) fn foreign_key(of: &str, table: &ObjectId, to: &[&str]) -> ForeignKey {
    ForeignKey {
        unnamed: true,
        columns: vec![name(of)],
        references: table.clone(),
        ref_columns: to.iter().map(|to| name(to)).collect(),
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        matching: None,
        deferrable: crate::catalog::Deferrable::No,
        on_delete_columns: Vec::new(),
        not_valid: false,
        not_enforced: false,
        period: false,
    }
}

pub(crate) fn parts(columns: &[&str]) -> Vec<Part> {
    columns.iter().map(|column| Part::column(name(column))).collect()
}

pub(crate) fn set(options: &mut Options, on: Kind, key: OptionKey, value: OptionValue) {
    options.set(Tiny.option(on, key).unwrap(), value);
}

/// A catalog that is built line by line.
#[derive(Default)]
pub(crate) struct Build {
    pub(crate) catalog: Catalog,
    position: u32,
}

impl Build {
    pub(crate) fn top(&mut self, kind: Kind, called: &str, object: Object) -> ObjectId {
        let id = ObjectId::top(kind, None, name(called));
        self.add(&id, object);
        id
    }
    pub(crate) fn table(&mut self, called: &str) -> ObjectId {
        self.top(Kind::Table, called, Object::Table(Table::default()))
    }
    pub(crate) fn child(&mut self, of: &ObjectId, called: &str, object: Object) -> ObjectId {
        let id = of.child(object.kind(), name(called));
        self.add(&id, object);
        id
    }
    pub(crate) fn unnamed(&mut self, of: &ObjectId, object: Object) -> ObjectId {
        let called = Tiny.implied_name(of, &object, 0).name;
        let id = of.child(object.kind(), called);
        self.add(&id, object);
        id
    }
    pub(crate) fn add(&mut self, id: &ObjectId, object: Object) {
        self.position += 1;
        self.catalog.insert(id.clone(), Entry::new(object, self.position)).unwrap();
    }
    pub(crate) fn mentions(&mut self, id: &ObjectId, of: &[&ObjectId]) {
        self.catalog.get_mut(id).unwrap().mentions = of.iter().map(|id| (*id).clone()).collect();
    }
    pub(crate) fn key(&mut self, of: &ObjectId, columns: &[&str]) {
        let key =
            PrimaryKey { name: None, columns: parts(columns), options: Options::default(), ..PrimaryKey::default() };
        self.add(&of.primary_key(), Object::PrimaryKey(key));
    }
}

/// A shop with one of everything.
pub(crate) fn shop() -> Build {
    let mut b = Build::default();
    let order = b.table("order");
    let customer = b.table("customer");
    let mut key =
        PrimaryKey { name: None, columns: parts(&["id"]), options: Options::default(), ..PrimaryKey::default() };
    set(&mut key.options, Kind::PrimaryKey, OptionKey::Autoincrement, OptionValue::Bool(true));
    b.add(&customer.primary_key(), Object::PrimaryKey(key));
    b.child(&customer, "id", Object::Column(column("integer")));
    let mut email = column("text");
    email.collation = Some(name("nocase"));
    set(&mut email.options, Kind::Column, OptionKey::OnConflict, OptionValue::Text("ignore".into()));
    b.child(&customer, "email", Object::Column(email));
    let mut unique =
        Unique { unnamed: true, columns: parts(&["email"]), options: Options::default(), ..Unique::default() };
    set(&mut unique.options, Kind::Unique, OptionKey::OnConflict, OptionValue::Text("replace".into()));
    b.unnamed(&customer, Object::Unique(unique));
    let tier = Column { null: true, default: Some(sql("0")), ..column("integer") };
    let tier = b.child(&customer, "tier", Object::Column(tier));
    let check = b.unnamed(
        &customer,
        Object::Check(Check { unnamed: true, sql: sql("tier between 0 and 9"), ..Check::default() }),
    );
    b.mentions(&check, &[&tier, &customer]);

    b.key(&order, &["id"]);
    b.child(&order, "id", Object::Column(column("integer")));
    b.child(&order, "customer_id", Object::Column(column("integer")));
    let key = ForeignKey { on_delete: Action::Cascade, ..foreign_key("customer_id", &customer, &["id"]) };
    b.unnamed(&order, Object::ForeignKey(key));
    let key = ForeignKey { matching: Some("full".into()), ..foreign_key("customer_id", &customer, &[]) };
    b.unnamed(&order, Object::ForeignKey(key));
    let status = Column { default: Some(sql("'pending'")), ..column("text") };
    b.child(&order, "status", Object::Column(status));
    let total = Column { default: Some(sql("0.00")), ..column("numeric(12,2)") };
    let total = b.child(&order, "total", Object::Column(total));
    let cents = Generated { sql: sql("total * 100"), stored: true };
    b.child(&order, "cents", Object::Column(Column { generated: Some(cents), ..column("integer") }));
    let at = Column { default: Some(sql("current_timestamp")), ..column("text") };
    b.child(&order, "placed at", Object::Column(at));
    for text in ["total >= 0", "total < 1000"] {
        let check = b.unnamed(&order, Object::Check(Check { unnamed: true, sql: sql(text), ..Check::default() }));
        b.mentions(&check, &[&total]);
    }
    b.child(&order, "order_named", Object::Check(Check { unnamed: false, sql: sql("id > 0"), ..Check::default() }));
    let plain =
        Index { columns: parts(&["customer_id", "placed at"]), unique: false, predicate: None, ..Index::default() };
    b.child(&order, "order_by_customer", Object::Index(plain));
    let odd = vec![
        Part {
            of: PartOf::Sql(sql("lower(status)")),
            collation: None,
            order: Order::Desc,
            nulls: None,
            opclass: None,
            operator: None,
            length: None,
        },
        Part {
            of: PartOf::Column(name("status")),
            collation: Some(name("nocase")),
            order: Order::Unsaid,
            nulls: None,
            opclass: None,
            operator: None,
            length: None,
        },
        Part { order: Order::Desc, ..Part::column(name("placed at")) },
    ];
    let odd = Index { columns: odd, unique: true, predicate: Some(sql("status = 'pending'")), ..Index::default() };
    b.child(&order, "order_open", Object::Index(odd));
    let trigger = Trigger {
        timing: Timing::After,
        for_each: None,
        events: vec![Event::Update { of: vec![name("total"), name("placed at")] }],
        when: Some(sql("new.total > 1")),
        body: Some(sql("update \"order\" set status = 'x';\nselect 1;")),
        ..Trigger::default()
    };
    b.child(&order, "touch", Object::Trigger(trigger));
    let view = View { query: sql("select id\nfrom \"order\"\n"), column_names: vec![name("n")], ..View::default() };
    b.top(Kind::View, "open_order", Object::View(view));
    b.top(Kind::VirtualTable, "search", Object::VirtualTable(VirtualTable { using: sql("fts5(title, body)") }));
    b
}

pub(crate) fn text_of(catalog: &Catalog) -> String {
    raise(catalog, &Tiny).iter().map(|block| block.render("\n")).collect::<Vec<_>>().join("\n")
}

pub(crate) const SHOP: &str = r#"[table.customer]
primary_key = ["id"]

[table.customer.column]
id    = { type = "integer", autoincrement = true }
email = { type = "text", collation = "nocase", on_conflict = { not_null = "ignore", unique = "replace" }, unique = true }
tier  = { type = "integer", null = true, default = 0, check = "tier between 0 and 9" }

[table.order]
primary_key = ["id"]

[table.order.column]
id          = { type = "integer" }
customer_id = { type = "integer", references = "customer(id)", on_delete = "cascade" }
status      = { type = "text", default = "pending" }
total       = { type = "numeric(12,2)", default = 0.00 }
cents       = { type = "integer", generated = { stored = "total * 100" } }
"placed at" = { type = "text", default = { sql = "current_timestamp" } }

[table.order.check]
order_check_1 = { sql = "total >= 0", unnamed = true }
order_check_2 = { sql = "total < 1000", unnamed = true }
order_named   = "id > 0"

[table.order.foreign_key]
order_customer_id_fkey = { columns = ["customer_id"], references = "customer", match = "full", unnamed = true }

[table.order.index]
order_by_customer = ["customer_id", '"placed at"']
order_open        = { columns = [{ sql = "lower(status)", order = "desc" }, { column = "status", collation = "nocase" }, '"placed at" desc'], unique = true, where = "status = 'pending'" }

[table.order.trigger.touch]
timing = "after"
events = ['update of total, "placed at"']
when   = "new.total > 1"
body   = """
update "order" set status = 'x';
select 1;"""

[view.open_order]
column_names = ["n"]
query        = """
select id
from "order"
"""

[virtual_table.search]
using = "fts5(title, body)"
"#;

#[test]
fn one_of_everything() {
    let text = text_of(&shop().catalog);
    assert_eq!(text, SHOP);
    toml::from_str::<toml::Table>(&text).unwrap();
    assert_eq!(crate::document::fmt::format(&text).unwrap(), text);
}

#[test]
fn odd_names_and_empty_tables() {
    let mut b = Build::default();
    let odd = b.table("a.b \"c\"\n'd'");
    b.child(&odd, "", Object::Column(Column { ty: None, ..column("") }));
    b.table("empty");
    let catalog = b.catalog;
    let text = text_of(&catalog);
    assert_eq!(text, "[table.\"\\\"a.b \\\"\\\"c\\\"\\\"\\n'd'\\\"\".column]\n\"\" = {}\n\n[table.empty]\n");
    toml::from_str::<toml::Table>(&text).unwrap();
}

#[test]
fn labels_never_collide() {
    let mut b = Build::default();
    let t = b.table("t");
    b.child(&t, "a", Object::Column(column("int")));
    b.child(&t, "t_check_1", Object::Check(Check { unnamed: false, sql: sql("a > 1"), ..Check::default() }));
    for n in 0..3 {
        b.unnamed(&t, Object::Check(Check { unnamed: true, sql: sql(&format!("{n} > 1")), ..Check::default() }));
    }
    let pairs = raise(&b.catalog, &Tiny).remove(0).sections.pop().unwrap().pairs;
    let keys: Vec<_> = pairs.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["t_check_1", "t_check_2", "t_check_3", "t_check_4"]);
}

#[test]
fn cycles_and_long_chains_have_an_order() {
    let mut b = Build::default();
    let (x, y) = (b.table("x"), b.table("y"));
    for (from, to) in [(&x, &y), (&y, &x), (&x, &x)] {
        b.unnamed(from, Object::ForeignKey(foreign_key("a", to, &[])));
    }
    let mut last = y;
    for n in 0..20_000 {
        let table = b.table(&format!("c{n:05}"));
        b.unnamed(&table, Object::ForeignKey(foreign_key("a", &last, &[])));
        last = table;
    }
    let order = reading_order(&b.catalog);
    assert_eq!(order.len(), 20_002);
    assert_eq!(order.last(), Some(&last));
}
