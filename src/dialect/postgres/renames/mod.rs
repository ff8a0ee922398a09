//! The live catalog under the new names: what the server's own renames make of it.
//!
//! The server keeps references by number, so that a rename shows in every text at once.

mod moved;
mod text;

use crate::catalog::{
    Aggregate, Catalog, Entry, Event, Generated, Kind, Name, Object, ObjectId, OptionKey, OptionValue, Part, PartOf,
    ReplicaIdentity, Routine, Sql,
};
use crate::diff;

use super::names::part_of_index;
use super::sql::{made_up_name, quote};
use super::{canonical, home_types, not_nulls};

pub(super) use moved::with_moved_extensions;

/// The catalog after these renames, in their order, on a server of this version.
pub(super) fn after(live: &Catalog, renames: &[(ObjectId, ObjectId)], version: u32) -> Catalog {
    let mut catalog = live.clone();
    for (from, to) in renames {
        let along: Vec<(ObjectId, ObjectId)> = diff::taken_along(&catalog, from, to).collect();
        let mut renamed = one(&catalog, &Rename { from, to });
        for (from, to) in &along {
            renamed = one(&renamed, &Rename { from, to });
        }
        if version >= not_nulls::NAMED {
            not_nulls::keep(&catalog, &mut renamed, from, to);
        }
        leave_out_parts(&mut renamed, to);
        catalog = renamed;
    }
    catalog
}

/// The id of an object once another has its new name.
pub(super) fn id_after(id: &ObjectId, from: &ObjectId, to: &ObjectId) -> ObjectId {
    Rename { from, to }.id(id)
}

/// Parts of indexes that are called now as the server would call them are none of a partition's own: the reader leaves
/// them out too.
fn leave_out_parts(catalog: &mut Catalog, table: &ObjectId) {
    let is_made_up = |id: &ObjectId, entry: &Entry| {
        let part = matches!(&entry.object, Object::Index(index) if index.part_of.is_some() && id.name().as_str() == part_of_index(table, index));
        part && entry.comment.is_none()
    };
    let made_up = catalog.children(table).filter(|(id, entry)| is_made_up(id, entry));
    for id in made_up.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
        let _ = catalog.remove(&id);
    }
}

/// Whether a text of an object may have a name in it that these renames change. Its columns have theirs already.
pub(super) fn may_name_renamed(id: &ObjectId, object: &Object, renames: &[(ObjectId, ObjectId)]) -> bool {
    if renames.is_empty() {
        return false;
    }
    let mut renamed = object.clone();
    for (from, to) in renames.iter().filter(|(from, _)| from.kind() != Kind::Column) {
        Rename { from, to }.object(id, &mut renamed);
    }
    renamed != *object
}

struct Rename<'a> {
    from: &'a ObjectId,
    to: &'a ObjectId,
}

/// Whether the types that it is over are in its name.
fn is_signed(root: &ObjectId) -> bool {
    matches!(root.kind(), Kind::Function | Kind::Procedure | Kind::Aggregate | Kind::Operator | Kind::Cast)
}

/// A type as the server names it.
fn type_name(id: &ObjectId) -> String {
    let name = quote(id.name().as_str());
    id.schema().map_or_else(|| name.clone(), |schema| format!("{}.{name}", quote(schema.as_str())))
}

/// The catalog after one rename: all that it does not concern is shared.
fn one(catalog: &Catalog, rename: &Rename<'_>) -> Catalog {
    of_those(catalog, rename, |id, entry| rename.concerns(id, entry))
}

/// The same, of the objects that it may concern.
fn of_those(catalog: &Catalog, rename: &Rename<'_>, concerns: impl Fn(&ObjectId, &Entry) -> bool) -> Catalog {
    let concerned: Vec<_> = catalog.iter().filter(|(id, entry)| concerns(id, entry)).collect();
    let mut renamed = catalog.clone();
    for (id, _) in &concerned {
        let _ = renamed.remove(id);
    }
    for (id, entry) in concerned {
        // A rename takes a name that is free.
        let _ = renamed.insert(rename.id(id), rename.entry(id, entry));
    }
    renamed
}

impl Rename<'_> {
    fn id(&self, id: &ObjectId) -> ObjectId {
        let id = id.renamed(self.from, self.to);
        let root = id.root();
        match is_signed(root).then(|| self.signature(root.name().as_str())).flatten() {
            Some(name) => {
                let new = ObjectId::top(root.kind(), root.schema().cloned(), Name::exact(name));
                id.renamed(root, &new)
            }
            None => id,
        }
    }

    /// The name of something that types tell apart, if what is renamed is one of them or their schema.
    fn signature(&self, name: &str) -> Option<String> {
        let (from, to) = match self.from.kind() {
            Kind::Schema => {
                (format!("{}.", quote(self.from.name().as_str())), format!("{}.", quote(self.to.name().as_str())))
            }
            _ if self.from.parent().is_none() && home_types::is_type(self.from) => {
                (type_name(self.from), type_name(self.to))
            }
            _ => return None,
        };
        let is_schema = self.from.kind() == Kind::Schema;
        let one = |ty: &str| {
            let rest = ty.strip_prefix(&from).filter(|rest| is_schema || rest.is_empty() || rest.starts_with('['));
            rest.map_or_else(|| ty.to_owned(), |rest| format!("{to}{rest}"))
        };
        let made = match name.split_once('(') {
            Some((name, list)) => {
                let list = home_types::each_type(list.strip_suffix(')')?, &one);
                format!("{name}({list})")
            }
            None => name.split(" as ").map(one).collect::<Vec<_>>().join(" as "),
        };
        (made != name).then_some(made)
    }

    /// Whether an object is renamed with it, or refers to what is.
    fn concerns(&self, id: &ObjectId, entry: &Entry) -> bool {
        let is_of = |other: &ObjectId| {
            let is_named_by_it = || is_signed(other.root()) && self.id(other) != *other;
            other.is_within(self.from) || other.is_in_schema(self.from) || is_named_by_it()
        };
        id.root() == self.from.root() || is_of(id) || entry.references(id).iter().any(is_of)
    }

    fn entry(&self, id: &ObjectId, entry: &Entry) -> Entry {
        let mut entry = entry.clone();
        // What moves is in the other schema then, with all of it.
        let moves = id.root() == self.from && self.from.schema() != self.to.schema();
        let schema = |of: &ObjectId| Some(ObjectId::top(Kind::Schema, None, of.schema()?.clone()));
        let (left, entered) = (schema(self.from), schema(self.to));
        for mention in &mut entry.mentions {
            *mention = match &entered {
                Some(entered) if moves && Some(&*mention) == left.as_ref() => entered.clone(),
                _ => self.id(mention),
            };
        }
        self.object(id, &mut entry.object);
        entry
    }

    /// A name of a column of this table.
    fn column(&self, table: &ObjectId, name: &mut Name) {
        if self.from.kind() == Kind::Column && self.from.parent() == Some(table) && name == self.from.name() {
            *name = self.to.name().clone();
        }
    }

    fn columns(&self, table: &ObjectId, names: &mut [Name]) {
        for name in names {
            self.column(table, name);
        }
    }

    fn parts(&self, table: &ObjectId, parts: &mut [Part]) {
        for part in parts {
            match &mut part.of {
                PartOf::Column(name) => self.column(table, name),
                PartOf::Sql(sql) => self.expression(sql),
            }
            self.maybe(&mut part.opclass);
        }
    }

    fn maybe(&self, sql: &mut Option<Sql>) {
        if let Some(sql) = sql {
            self.expression(sql);
        }
    }

    fn expression(&self, sql: &mut Sql) {
        if let Some(text) = self.text(sql.as_str()) {
            *sql = canonical::expression(&text);
        }
    }

    /// A function, maybe with the types of its arguments, or those alone.
    fn signed(&self, sql: &mut Sql) {
        if let Some(text) = self.types(sql.as_str()) {
            *sql = canonical::expression(&text);
        }
    }

    fn ty(&self, sql: &mut Option<Sql>) {
        if let Some(old) = sql
            && let Some(text) = self.types(old.as_str())
        {
            *sql = Some(canonical::type_name(&text));
        }
    }

    fn routine(&self, routine: &mut Routine) {
        self.signed(&mut routine.arguments);
        self.ty(&mut routine.returns);
        // Another body is text to the server, and stays.
        let parsed = |body: &Sql| {
            let start = body.as_str().trim_start().to_ascii_lowercase();
            start.starts_with("begin atomic") || start.starts_with("return")
        };
        if let Some(body) = routine.body.as_mut().filter(|body| parsed(body))
            && let Some(text) = self.text(body.as_str())
        {
            *body = canonical::query(&text);
        }
    }

    /// The functions that it is made of, and what it is over.
    fn aggregate(&self, aggregate: &mut Aggregate) {
        self.signed(&mut aggregate.arguments);
        let texts =
            aggregate.options.iter().filter(|(key, _)| *key != OptionKey::Initcond && *key != OptionKey::Minitcond);
        let renamed = texts.filter_map(|(key, value)| match value {
            OptionValue::Text(text) => Some((key, OptionValue::Text(self.types(text)?))),
            _ => None,
        });
        let renamed: Vec<_> = renamed.collect();
        for (key, value) in renamed {
            aggregate.options.put(key, value);
        }
    }

    fn object(&self, id: &ObjectId, object: &mut Object) {
        let table = id.parent().unwrap_or(id).clone();
        match object {
            Object::Column(column) => {
                self.ty(&mut column.ty);
                self.maybe(&mut column.default);
                if let Some(Generated { sql, .. }) = &mut column.generated {
                    self.expression(sql);
                }
                // The sequence behind it keeps its name.
                if let Some(identity) = &mut column.identity {
                    let made_up =
                        |id: &ObjectId| Name::exact(made_up_name(id.root().name().as_str(), id.name().as_str(), "seq"));
                    let kept = identity.name.take().unwrap_or_else(|| made_up(id));
                    identity.name = Some(kept).filter(|kept| *kept != made_up(&id.renamed(self.from, self.to)));
                }
            }
            Object::Attribute(attribute) => self.ty(&mut attribute.ty),
            Object::Domain(domain) => {
                self.ty(&mut domain.ty);
                self.maybe(&mut domain.default);
            }
            Object::Range(range) => {
                self.ty(&mut range.subtype);
                self.maybe(&mut range.canonical);
                self.maybe(&mut range.subtype_diff);
            }
            Object::Cast(cast) => cast.function.iter_mut().for_each(|sql| self.signed(sql)),
            Object::Aggregate(aggregate) => self.aggregate(aggregate),
            Object::Composite(composite) => {
                for name in &mut composite.order {
                    if self.from.parent() == Some(id) && name == self.from.name() {
                        *name = self.to.name().clone();
                    }
                }
            }
            Object::PrimaryKey(key) => {
                self.parts(&table, &mut key.columns);
                self.columns(&table, &mut key.include);
                // The name stays; it is the one the server would give under the old name of the table.
                if *self.from == table && key.name.is_none() {
                    key.name = Some(super::names::implied(&table, &Object::PrimaryKey(key.clone()), 0).name);
                }
            }
            Object::Unique(unique) => {
                self.parts(&table, &mut unique.columns);
                self.columns(&table, &mut unique.include);
            }
            Object::Check(check) => self.expression(&mut check.sql),
            Object::ForeignKey(key) => {
                self.columns(&table, &mut key.columns);
                self.columns(&table, &mut key.on_delete_columns);
                let references = key.references.clone();
                self.columns(&references, &mut key.ref_columns);
                key.references = self.id(&references);
            }
            Object::Exclusion(exclusion) => {
                self.parts(&table, &mut exclusion.columns);
                self.columns(&table, &mut exclusion.include);
                self.maybe(&mut exclusion.predicate);
            }
            Object::Index(index) => {
                self.parts(&table, &mut index.columns);
                self.columns(&table, &mut index.include);
                self.maybe(&mut index.predicate);
                index.part_of = index.part_of.as_ref().map(|id| self.id(id));
            }
            Object::Statistics(statistics) => self.parts(&table, &mut statistics.columns),
            Object::Table(table) => {
                table.inherits.iter_mut().chain(&mut table.partition_of).for_each(|id| *id = self.id(id));
                self.ty(&mut table.of_type);
                if self.from.kind() == Kind::Column && self.from.parent() == Some(id) {
                    self.maybe(&mut table.partition_by);
                }
                if self.from.parent() == Some(id) && self.from.kind() != Kind::Column {
                    let renamed = |name: &mut Name| {
                        if name == self.from.name() {
                            *name = self.to.name().clone();
                        }
                    };
                    table.cluster_on.iter_mut().for_each(renamed);
                    if let ReplicaIdentity::Index(name) = &mut table.replica_identity {
                        renamed(name);
                    }
                }
            }
            Object::ForeignTable(table) => {
                table.inherits.iter_mut().chain(&mut table.partition_of).for_each(|id| *id = self.id(id));
                if self.from.kind() == Kind::ForeignServer && table.server == *self.from.name() {
                    table.server = self.to.name().clone();
                }
            }
            Object::ForeignServer(server) => {
                if self.from.kind() == Kind::ForeignDataWrapper && server.wrapper == *self.from.name() {
                    server.wrapper = self.to.name().clone();
                }
            }
            Object::View(view) => {
                if self.from.parent() == Some(id) && view.cluster_on.as_ref() == Some(self.from.name()) {
                    view.cluster_on = Some(self.to.name().clone());
                }
                if let Some(text) = self.query(view.query.as_str()) {
                    view.query = canonical::query(&text);
                }
            }
            Object::Rule(rule) => {
                self.maybe(&mut rule.predicate);
                if let Some(text) = self.text(rule.action.as_str()) {
                    rule.action = canonical::query(&text);
                }
            }
            Object::Trigger(trigger) => {
                for event in &mut trigger.events {
                    if let Event::Update { of } = event {
                        self.columns(&table, of);
                    }
                }
                self.maybe(&mut trigger.when);
                if let Some(old) = &trigger.execute
                    && let Some(text) = self.text(old.as_str())
                {
                    trigger.execute = Some(Sql::new(text.as_str(), text.as_str()));
                }
                trigger.from = trigger.from.as_ref().map(|id| self.id(id));
            }
            Object::Policy(policy) => {
                self.maybe(&mut policy.using);
                self.maybe(&mut policy.with_check);
            }
            Object::EventTrigger(trigger) => self.expression(&mut trigger.execute),
            Object::Sequence(sequence) => sequence.owned_by = sequence.owned_by.as_ref().map(|id| self.id(id)),
            Object::Function(routine) | Object::Procedure(routine) => self.routine(routine),
            Object::Operator(operator) => self.signed(&mut operator.function),
            Object::Publication(publication) => {
                for published in &mut publication.tables {
                    let table = published.table.clone();
                    self.columns(&table, &mut published.columns);
                    self.maybe(&mut published.predicate);
                    published.table = self.id(&table);
                }
                publication.tables.sort();
            }
            Object::Grant(grant) => {
                let lists = grant.privileges.iter_mut().chain(&mut grant.with_grant_option);
                for privilege in
                    lists.filter(|_| self.from.kind() == Kind::Column && self.from.parent() == Some(&table))
                {
                    if let Some(text) = self.text(privilege) {
                        *privilege = text;
                    }
                }
            }
            Object::Database(_)
            | Object::Schema(_)
            | Object::Extension(_)
            | Object::Collation(_)
            | Object::Enum(_)
            | Object::OperatorFamily(_)
            | Object::OperatorClass(_)
            | Object::TextSearchDictionary(_)
            | Object::TextSearchConfiguration(_)
            | Object::ForeignDataWrapper(_)
            | Object::UserMapping(_)
            | Object::VirtualTable(_)
            | Object::Partition(_)
            | Object::Event(_)
            | Object::Subscription(_)
            | Object::DefaultPrivilege(_)
            | Object::DefaultGrants(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Check, Column, View};

    fn table(name: &str) -> ObjectId {
        ObjectId::top(Kind::Table, None, Name::exact(name))
    }

    #[test]
    fn names_change_in_every_text() {
        let (from, to) = (table("order"), table("purchase"));
        let rename = Rename { from: &from, to: &to };
        for (old, new) in [
            (
                "SELECT \"order\".id FROM \"order\" ORDER BY \"order\".id",
                "SELECT purchase.id FROM purchase ORDER BY purchase.id",
            ),
            ("('order'::text)", "('order'::text)"),
        ] {
            assert_eq!(rename.text(old).unwrap_or_else(|| old.to_owned()), new);
        }
        let users = table("users");
        let (from, to) =
            (users.child(Kind::Column, Name::exact("name")), users.child(Kind::Column, Name::exact("full_name")));
        assert_eq!(
            Rename { from: &from, to: &to }.query("SELECT COALESCE(u.nick, u.name) AS name, u.nick::name FROM users u"),
            Some("SELECT COALESCE(u.nick, u.full_name) AS name, u.nick::name FROM users u".to_owned())
        );
        let (from, to) = (
            ObjectId::top(Kind::Sequence, None, Name::exact("a_seq")),
            ObjectId::top(Kind::Sequence, Some(Name::exact("S")), Name::exact("b_seq")),
        );
        let rename = Rename { from: &from, to: &to };
        assert_eq!(rename.text("nextval('a_seq'::regclass)").as_deref(), Some("nextval('\"S\".b_seq'::regclass)"));
    }

    #[test]
    fn a_renamed_column_is_renamed_where_it_is_used() {
        let t = table("t");
        let (from, to) = (t.child(Kind::Column, Name::exact("a")), t.child(Kind::Column, Name::exact("b")));
        let check = t.child(Kind::Check, Name::exact("c"));
        let view = ObjectId::top(Kind::View, None, Name::exact("v"));
        let entry = |object| Entry::new(object, 0);
        let mut catalog: Catalog = [
            (from.clone(), entry(Object::Column(Column::default()))),
            (check.clone(), entry(Object::Check(Check { sql: canonical::expression("a > 0"), ..Check::default() }))),
            (view.clone(), entry(Object::View(View { query: canonical::query("select a from u"), ..View::default() }))),
        ]
        .into_iter()
        .collect();
        catalog = after(&catalog, &[(from, to.clone())], 150_000);
        assert!(catalog.contains(&to));
        let sql = |id: &ObjectId| match catalog.object(id) {
            Some(Object::Check(check)) => check.sql.to_string(),
            Some(Object::View(view)) => view.query.to_string(),
            _ => String::new(),
        };
        assert_eq!(sql(&check), "b > 0");
        assert_eq!(sql(&view), "select a from u");
    }
}
