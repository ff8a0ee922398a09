//! What SQL text mentions: the names in it that are objects of the catalog.

use std::collections::{BTreeSet, HashMap};

use crate::catalog::{Catalog, Entry, Folding, Index, Kind, Object, ObjectId, PartOf, Sql};

use super::dialect::Mysql;
use super::tokens::{Token, significant};

/// Fills in the mentions of every entry.
pub(super) fn find(catalog: &mut Catalog, dialect: &Mysql) {
    let found: Vec<_> = {
        let names = Names::of(catalog, dialect);
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
    /// Tables, views and sequences share one set of names.
    relations: HashMap<&'a str, &'a ObjectId>,
    routines: HashMap<&'a str, Vec<&'a ObjectId>>,
    /// By the key of their table.
    columns: HashMap<&'a str, Vec<&'a ObjectId>>,
    tables: Folding,
}

/// A name in a text: as it is, and as columns and routines are matched.
type Said = (String, String);

impl<'a> Names<'a> {
    fn of(catalog: &'a Catalog, dialect: &Mysql) -> Self {
        let mut names = Self {
            relations: HashMap::new(),
            routines: HashMap::new(),
            columns: HashMap::new(),
            tables: dialect.tables,
        };
        for (id, _) in catalog.iter() {
            match (id.kind(), id.parent()) {
                (Kind::Table | Kind::View | Kind::Sequence, _) => {
                    names.relations.insert(id.name().key(), id);
                }
                (Kind::Function | Kind::Procedure, _) => {
                    names.routines.entry(id.name().key()).or_default().push(id);
                }
                (Kind::Column, Some(table)) => names.columns.entry(table.name().key()).or_default().push(id),
                _ => {}
            }
        }
        names
    }

    fn relation(&self, said: &Said) -> Option<&'a ObjectId> {
        let key = if self.tables == Folding::Exact { &said.0 } else { &said.1 };
        self.relations.get(key.as_str()).copied()
    }

    fn column(&self, relation: &ObjectId, said: &Said) -> Option<&'a ObjectId> {
        let columns = self.columns.get(relation.name().key())?;
        columns.iter().copied().find(|column| column.name().key() == said.1)
    }

    /// `None` for an object whose text mentions nothing by its nature.
    fn mentioned_by(&self, id: &ObjectId, entry: &Entry) -> Option<Vec<ObjectId>> {
        let mut found = BTreeSet::new();
        match &entry.object {
            Object::Column(column) => {
                let own = column.generated.iter().map(|generated| &generated.sql).chain(&column.check);
                self.own_columns(id, own.chain(&column.default), &mut found);
                // A default may take the next number of a sequence.
                let said: BTreeSet<Said> = column.default.iter().flat_map(identifiers).collect();
                let sequences = said.iter().filter_map(|said| self.relation(said));
                found.extend(sequences.filter(|id| id.kind() == Kind::Sequence));
            }
            Object::Check(check) => self.own_columns(id, [&check.sql], &mut found),
            Object::Index(index) => self.own_columns(id, texts_of_index(index), &mut found),
            Object::View(view) => self.everything(id, None, [&view.query], &mut found),
            Object::Trigger(trigger) => self.everything(id, id.parent(), &trigger.body, &mut found),
            Object::Function(routine) | Object::Procedure(routine) => {
                self.everything(id, None, &routine.body, &mut found);
            }
            Object::Event(event) => self.everything(id, None, [&event.body], &mut found),
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
        for said in texts.into_iter().flat_map(identifiers) {
            found.extend(self.column(table, &said).filter(|column| *column != id));
        }
    }

    /// Relations and routines that are named, and the columns of those and of `own` that are named.
    fn everything<'b>(
        &self,
        id: &ObjectId,
        own: Option<&ObjectId>,
        texts: impl IntoIterator<Item = &'b Sql>,
        found: &mut BTreeSet<&'a ObjectId>,
    ) {
        let names: BTreeSet<Said> = texts.into_iter().flat_map(identifiers).collect();
        let relations: BTreeSet<_> = names.iter().filter_map(|said| self.relation(said)).collect();
        let own = own.and_then(|own| self.relations.get(own.name().key()).copied());
        for relation in relations.iter().copied().chain(own) {
            for said in &names {
                found.extend(self.column(relation, said));
            }
        }
        found.extend(relations.into_iter().filter(|relation| *relation != id && Some(*relation) != own));
        let routines = names.iter().filter_map(|said| self.routines.get(said.1.as_str())).flatten();
        found.extend(routines.copied().filter(|routine| *routine != id));
    }
}

fn texts_of_index(index: &Index) -> impl Iterator<Item = &Sql> {
    index.columns.iter().filter_map(|part| match &part.of {
        PartOf::Sql(sql) => Some(sql),
        PartOf::Column(_) => None,
    })
}

/// The names in a text.
fn identifiers(sql: &Sql) -> impl Iterator<Item = Said> {
    let text = sql.as_str();
    significant(text).filter_map(move |token| {
        let name = token.identifier(text)?;
        let folded = name.to_lowercase();
        Some((name, folded))
    })
}

/// What the WITHs of a query name: `a as (`, `a (b, c) as (`.
pub(super) fn named_by_with(query: &str) -> BTreeSet<String> {
    let all: Vec<Token> = significant(query).collect();
    let is_symbol = |at: usize, symbol: &str| all.get(at).is_some_and(|token| token.is_symbol(query, symbol));
    let begins = all.iter().enumerate().filter(|(at, token)| token.is_word(query, "as") && is_symbol(at + 1, "("));
    let name_before = |(at, _): (usize, &Token)| {
        let mut at = at.checked_sub(1)?;
        if is_symbol(at, ")") {
            at = (0..at).rev().find(|at| is_symbol(*at, "("))?.checked_sub(1)?;
        }
        all.get(at)?.identifier(query)
    };
    begins.filter_map(name_before).collect()
}

/// The names behind FROM and JOIN of a query: what it reads for certain. In `extract(year from a)` nothing is read.
pub(super) fn read_from(query: &str) -> BTreeSet<String> {
    let all: Vec<Token> = significant(query).collect();
    let own = named_by_with(query);
    let (mut found, mut selects) = (BTreeSet::new(), vec![false]);
    for (at, token) in all.iter().enumerate() {
        let is_word = |words: &[&str]| words.iter().any(|word| token.is_word(query, word));
        if token.is_symbol(query, "(") {
            // `from (a join b)` is read as what stands around it.
            let around = selects.last() == Some(&true);
            let before = at.checked_sub(1).and_then(|at| all.get(at));
            let joins =
                |before: &Token| ["from", "join", ","].iter().any(|word| before.text(query).eq_ignore_ascii_case(word));
            selects.push(around && before.is_some_and(joins));
        } else if token.is_symbol(query, ")") {
            selects.pop();
        } else if is_word(&["select"]) {
            selects.pop();
            selects.push(true);
        } else if is_word(&["from", "join"]) && selects.last() == Some(&true) {
            let name = all.get(at + 1).and_then(|next| next.identifier(query));
            let is_qualified = all.get(at + 2).is_some_and(|next| next.is_symbol(query, "."));
            found.extend(name.filter(|name| !is_qualified && !own.contains(name)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::read_from;

    #[test]
    fn what_is_read_is_told_from_what_is_named() {
        let query = "select a, (select max(b) from `t 1`), extract(year from e) from (u join (v) on trim('x' from f) = 1) \
                     left join w using (a) where exists (select 1 from x) and d.g in (select 1 from d.y)";
        assert_eq!(read_from(query).into_iter().collect::<Vec<_>>(), ["t 1", "w", "x"]);
        let query = "with recursive t as (select 1), u (a, b) as (select 1, c from w) select * from t join u join v";
        assert_eq!(read_from(query).into_iter().collect::<Vec<_>>(), ["v", "w"]);
        assert_eq!(read_from("select a from (select b from t) c join u").into_iter().collect::<Vec<_>>(), ["t", "u"]);
    }
}
