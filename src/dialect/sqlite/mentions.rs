//! What SQL text mentions: the names in it that are objects of the catalog.

use std::collections::{BTreeSet, HashMap};

use crate::catalog::{Catalog, Entry, Index, Kind, Object, ObjectId, PartOf, Sql, Trigger};

use super::tokens::significant;

/// Fills in the mentions of every entry.
pub(super) fn find(catalog: &mut Catalog) {
    let found: Vec<_> = {
        let names = Names::of(catalog);
        catalog
            .iter()
            .filter_map(|(id, entry)| {
                let mentions = names.mentioned_by(id, entry)?;
                (entry.mentions != mentions).then(|| (id.clone(), mentions))
            })
            .collect()
    };
    for (id, mentions) in found {
        if let Some(entry) = catalog.get_mut(&id) {
            entry.mentions = mentions;
        }
    }
}

/// The objects of a catalog by their names.
struct Names<'a> {
    /// Tables, virtual tables and views share one namespace.
    relations: HashMap<&'a str, &'a ObjectId>,
    /// By the name of the relation, in the order of their own names.
    columns: HashMap<&'a str, Vec<&'a ObjectId>>,
}

impl<'a> Names<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let mut names = Self { relations: HashMap::new(), columns: HashMap::new() };
        for (id, _) in catalog.iter() {
            match (id.kind(), id.parent()) {
                (Kind::Table | Kind::VirtualTable | Kind::View, _) => {
                    names.relations.insert(id.name().key(), id);
                }
                (Kind::Column, Some(table)) => {
                    // A catalog lists them in the order of their names.
                    names.columns.entry(table.name().key()).or_default().push(id);
                }
                _ => {}
            }
        }
        names
    }

    fn column(&self, relation: &ObjectId, name: &str) -> Option<&'a ObjectId> {
        let columns = self.columns.get(relation.name().key())?;
        let at = columns.binary_search_by(|column| column.name().key().cmp(name)).ok()?;
        columns.get(at).copied()
    }

    /// `None` for an object whose text mentions nothing by its nature.
    fn mentioned_by(&self, id: &ObjectId, entry: &Entry) -> Option<Vec<ObjectId>> {
        let mut found = BTreeSet::new();
        match &entry.object {
            // A default is constant: a name in it is a function or a string.
            Object::Column(column) => self.own_columns(id, column.generated.iter().map(|g| &g.sql), &mut found),
            Object::Check(check) => self.own_columns(id, [&check.sql], &mut found),
            Object::Index(index) => self.own_columns(id, texts_of_index(index), &mut found),
            Object::View(view) => self.relations_and_columns(id, None, [&view.query], &mut found),
            Object::Trigger(trigger) => {
                self.relations_and_columns(id, id.parent(), texts_of_trigger(trigger), &mut found);
            }
            _ => return None,
        }
        Some(found.into_iter().cloned().collect())
    }

    /// Columns of the table that the object belongs to.
    fn own_columns<'b>(
        &self,
        id: &ObjectId,
        texts: impl IntoIterator<Item = &'b Sql>,
        found: &mut BTreeSet<&'a ObjectId>,
    ) {
        let Some(table) = id.parent() else { return };
        for name in texts.into_iter().flat_map(identifiers) {
            found.extend(self.column(table, &name).filter(|column| *column != id));
        }
    }

    /// Relations that are named, and the columns of those and of `own` that are named.
    fn relations_and_columns<'b>(
        &self,
        id: &ObjectId,
        own: Option<&ObjectId>,
        texts: impl IntoIterator<Item = &'b Sql>,
        found: &mut BTreeSet<&'a ObjectId>,
    ) {
        let names: BTreeSet<String> = texts.into_iter().flat_map(identifiers).collect();
        let relations: BTreeSet<_> =
            names.iter().filter_map(|name| self.relations.get(name.as_str()).copied()).collect();
        let own = own.and_then(|own| self.relations.get(own.name().key()).copied());
        for relation in relations.iter().copied().chain(own) {
            for name in &names {
                found.extend(self.column(relation, name));
            }
        }
        found.extend(relations.into_iter().filter(|relation| *relation != id && Some(*relation) != own));
    }
}

fn texts_of_index(index: &Index) -> impl Iterator<Item = &Sql> {
    let expressions = index.columns.iter().filter_map(|part| match &part.of {
        PartOf::Sql(sql) => Some(sql),
        PartOf::Column(_) => None,
    });
    expressions.chain(&index.predicate)
}

fn texts_of_trigger(trigger: &Trigger) -> impl Iterator<Item = &Sql> {
    trigger.when.iter().chain(&trigger.body)
}

/// The names in a text, as they are matched.
fn identifiers(sql: &Sql) -> impl Iterator<Item = String> {
    let text = sql.as_str();
    significant(text).filter_map(move |token| {
        let mut name = token.identifier(text)?;
        name.make_ascii_lowercase();
        Some(name)
    })
}
