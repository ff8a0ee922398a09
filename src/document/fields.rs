//! The values of one object as one database sees them. That they have the right shape was checked
//! before, so what does not fit here is absent: its error is already said.

use crate::catalog::{Kind, Name, Nulls, OptionType, OptionValue, Options, Order, Part, PartOf, Sql};
use crate::diagnostic::Place;
use crate::dialect::{Dialect, DialectName, Literal};

use super::names;
use super::parse::only;
use super::shape::is_per_database;
use super::spec::Section;
use super::tree::{self, Item, Node, Value};

/// The places of values by their attribute.
pub(super) type Attributes = Vec<(&'static str, Place)>;

/// The value for one database, which is absent when others only are given.
pub(super) fn for_database(node: &Node, name: DialectName) -> Option<&Node> {
    if !is_per_database(node) {
        return Some(node);
    }
    let items = node.table()?;
    let own = tree::find(items, name.word());
    let covered = || match name {
        DialectName::Mariadb => tree::find(items, DialectName::Mysql.word()),
        DialectName::Postgres | DialectName::Mysql | DialectName::Sqlite => None,
    };
    own.or_else(covered).map(|item| &item.node)
}

/// Whether an object says that this database does not have it.
pub(super) fn is_excluded(node: &Node, name: DialectName) -> bool {
    node.table().and_then(|items| tree::find(items, "only")).is_some_and(|item| !only(&item.node).has(name))
}

/// One object.
pub(super) struct Fields<'a> {
    dialect: &'a dyn Dialect,
    section: &'static Section,
    items: &'a [Item],
    /// The value that stands for the whole table, and the key that it is short for.
    short: Option<(&'static str, &'a Node)>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(dialect: &'a dyn Dialect, section: &'static Section, node: &'a Node) -> Self {
        let mut fields = Self { dialect, section, items: &[], short: None };
        let resolved = if section.short.is_some() { for_database(node, dialect.name()) } else { Some(node) };
        match (resolved, section.short) {
            (Some(Node { value: Value::Table(items), .. }), _) => fields.items = items,
            (Some(node), Some((_, key))) => fields.short = Some((key, node)),
            _ => {}
        }
        fields
    }

    /// A table inside an object, such as `on_conflict`.
    pub(super) fn inner(&self, key: &str) -> Option<Fields<'a>> {
        let items = self.get(key)?.table()?;
        Some(Self { dialect: self.dialect, section: self.section, items, short: None })
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        if let Some((short, node)) = self.short {
            return (short == key).then_some(node);
        }
        for_database(&tree::find(self.items, key)?.node, self.dialect.name())
    }

    /// The place of a key's own text.
    pub(super) fn key_place(&self, key: &str) -> Option<Place> {
        tree::find(self.items, key).map(|item| item.place)
    }

    pub(super) fn bool(&self, key: &str) -> Option<(bool, Place)> {
        let node = self.get(key)?;
        Some((node.bool()?, node.place))
    }

    pub(super) fn is_true(&self, key: &str) -> bool {
        self.bool(key).is_some_and(|(value, _)| value)
    }

    pub(super) fn text(&self, key: &str) -> Option<(&'a str, Place)> {
        let node = self.get(key)?;
        Some((node.text()?, node.place))
    }

    pub(super) fn sql(&self, key: &str) -> Option<(Sql, Place)> {
        let (text, place) = self.text(key)?;
        Some((self.dialect.expression(text), place))
    }

    /// `default`, `backfill`: a literal or an expression, and the string if it is one.
    pub(super) fn literal(&self, key: &str) -> Option<(Sql, Place, Option<&'a str>)> {
        literal(self.dialect, self.get(key)?)
    }

    pub(super) fn names(&self, key: &str) -> Vec<(String, Place)> {
        let nodes = self.get(key).and_then(Node::list).unwrap_or_default();
        nodes.iter().filter_map(|node| Some((names::name(node.text()?).ok()?, node.place))).collect()
    }

    /// The columns of an index or a key, each with its place.
    pub(super) fn parts(&self, key: &str) -> Vec<(Part, Place)> {
        let nodes = self.get(key).and_then(Node::list).unwrap_or_default();
        let mut parts = Vec::with_capacity(nodes.len());
        parts.extend(nodes.iter().filter_map(|node| Some((part(self.dialect, node)?, node.place))));
        parts
    }

    /// Whether these are the keys of this section.
    pub(super) fn is_of(&self, section: &'static Section) -> bool {
        std::ptr::eq(self.section, section)
    }

    /// The objects of a child section that this database has. A table of names never differs between databases.
    pub(super) fn children(&self, key: &str) -> impl Iterator<Item = &'a Item> + use<'a> {
        let name = self.dialect.name();
        let items = tree::find(self.items, key).and_then(|item| item.node.table()).unwrap_or_default();
        items.iter().filter(move |item| !is_excluded(&item.node, name))
    }

    /// The dialect's options of this kind.
    pub(super) fn options(&self, kind: Kind) -> (Options, Attributes) {
        let (mut options, mut attributes) = (Options::default(), Attributes::new());
        for spec in self.dialect.options().iter().filter(|spec| spec.on == kind) {
            let Some(node) = self.get(spec.key.word()) else { continue };
            if let Some(value) = option_value(spec.value, node) {
                options.set(spec, value);
                attributes.push((spec.key.word(), node.place));
            }
        }
        (options, attributes)
    }
}

/// The value of an option as its declaration reads it.
pub(super) fn option_value(ty: OptionType, node: &Node) -> Option<OptionValue> {
    match ty {
        OptionType::Bool(_) => node.bool().map(OptionValue::Bool),
        OptionType::Integer(_) => node.integer().map(OptionValue::Integer),
        OptionType::Word(..) | OptionType::Text(_) => node.text().map(|word| OptionValue::Text(word.to_owned())),
    }
}

/// A literal or an expression, and the string if it is one.
pub(super) fn literal<'a>(dialect: &dyn Dialect, node: &'a Node) -> Option<(Sql, Place, Option<&'a str>)> {
    let (literal, text) = match &node.value {
        Value::Text(text) => (Literal::Text(text.clone()), Some(text.as_str())),
        Value::Integer(digits) | Value::Float(digits) => (Literal::Number(digits.clone()), None),
        Value::Bool(value) => (Literal::Bool(*value), None),
        Value::Table(items) => {
            let node = for_database(&tree::find(items, "sql")?.node, dialect.name())?;
            return Some((dialect.expression(node.text()?), node.place, None));
        }
        Value::Date(_) | Value::List(_) => return None,
    };
    Some((dialect.literal(&literal), node.place, text))
}

/// One part of a key or an index.
pub(super) fn part(dialect: &dyn Dialect, node: &Node) -> Option<Part> {
    let folding = dialect.folding(Kind::Column);
    if let Some(text) = node.text() {
        let part = names::part(text).ok()?;
        let of = Part::column(Name::new(part.name, folding));
        return Some(Part { order: part.order, nulls: part.nulls, ..of });
    }
    let items = node.table()?;
    let get = |key: &str| for_database(&tree::find(items, key)?.node, dialect.name());
    let text = |key: &str| get(key).and_then(Node::text);
    let of = match text("column") {
        Some(column) => PartOf::Column(Name::new(names::name(column).ok()?, folding)),
        None => PartOf::Sql(dialect.expression(text("sql")?)),
    };
    Some(Part {
        of,
        collation: text("collation").map(|collation| Name::new(collation, folding)),
        order: match text("order") {
            Some("desc") => Order::Desc,
            Some("asc") => Order::Asc,
            Some(_) | None => Order::Unsaid,
        },
        nulls: match text("nulls") {
            Some("first") => Some(Nulls::First),
            Some("last") => Some(Nulls::Last),
            Some(_) | None => None,
        },
        opclass: text("opclass").map(|opclass| dialect.expression(opclass)),
        operator: text("operator").map(|operator| dialect.expression(operator)),
        length: get("length").and_then(Node::integer).and_then(|length| u32::try_from(length).ok()),
    })
}
