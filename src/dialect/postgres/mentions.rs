//! What SQL text mentions: the names in it that are objects of the catalog.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalog::{Catalog, Entry, Kind, Name, Object, ObjectId, Part, PartOf, Range, Sql};

use super::tokens::{Token, TokenKind, significant};

/// Fills in the mentions of every entry.
pub(super) fn find(catalog: &mut Catalog) {
    let found: Vec<_> = {
        let names = Names::of(catalog);
        let all = catalog.iter().filter_map(|(id, entry)| {
            let mentions = names.mentioned_by(id, entry);
            (entry.mentions != mentions).then(|| (id.clone(), mentions))
        });
        all.collect()
    };
    for (id, mentions) in found {
        if let Some(entry) = catalog.get_mut(&id) {
            entry.mentions = mentions;
        }
    }
}

/// What the bodies of functions name, which the server looks up only when they run.
pub(super) fn of_bodies(catalog: &Catalog) -> BTreeMap<ObjectId, Vec<ObjectId>> {
    let names = Names::of(catalog);
    let bodies = catalog.iter().filter_map(|(id, entry)| {
        let (Object::Function(routine) | Object::Procedure(routine)) = &entry.object else { return None };
        let body = routine.body.as_ref().filter(|_| routine.library.is_none())?;
        let mut search = Search::of(&names, id, entry);
        search.text(What::Query, body.as_str());
        let found = search.found.into_iter().filter(|other| *other != id);
        Some((id.clone(), found.cloned().collect()))
    });
    bodies.collect()
}

/// What objects name together with its schema: nothing else can stand for that.
pub(super) struct BySchema<'a>(Names<'a>);

impl<'a> BySchema<'a> {
    pub(super) fn of(catalog: &'a Catalog) -> Self {
        Self(Names::of(catalog))
    }

    /// What one of the objects names so.
    pub(super) fn named_by(&self, id: &ObjectId, entry: &Entry) -> BTreeSet<&'a ObjectId> {
        let mut search = Search::of(&self.0, id, entry);
        search.object();
        search.by_schema
    }
}

/// What a text is, which says what the names in it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// Columns, functions and types.
    Expression,
    /// Tables too.
    Query,
    /// Types alone.
    Types,
    /// A function, with or without its arguments.
    Function,
}

/// The objects of a catalog by their names; the default schema is the empty one.
struct Names<'a> {
    /// By the schema, then the name.
    named: HashMap<&'a str, HashMap<&'a str, Vec<&'a ObjectId>>>,
    columns: HashMap<&'a ObjectId, HashMap<&'a str, &'a ObjectId>>,
    schemas: HashMap<&'a str, &'a ObjectId>,
    /// What lives in no schema.
    global: HashMap<(Kind, &'a str), &'a ObjectId>,
}

impl<'a> Names<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let mut names =
            Self { named: HashMap::new(), columns: HashMap::new(), schemas: HashMap::new(), global: HashMap::new() };
        for (id, entry) in catalog.iter() {
            if let Object::Range(Range { multirange: Some(name), .. }) = &entry.object {
                let schema = id.schema().map_or("", Name::as_str);
                names.named.entry(schema).or_default().entry(name.as_str()).or_default().push(id);
            }
            match (id.kind(), id.parent()) {
                (Kind::Column, Some(table)) => {
                    names.columns.entry(table).or_default().insert(id.name().as_str(), id);
                }
                (_, Some(_)) => {}
                (Kind::Schema, None) => {
                    names.schemas.insert(id.name().as_str(), id);
                }
                (kind, None) if kind.lives_in_schema() => {
                    let schema = id.schema().map_or("", Name::as_str);
                    names.named.entry(schema).or_default().entry(base(id)).or_default().push(id);
                }
                (kind, None) => {
                    names.global.insert((kind, id.name().as_str()), id);
                }
            }
        }
        names
    }

    /// The objects of a name without a schema.
    fn unqualified(&self, entry: &Entry, name: &str) -> &[&'a ObjectId] {
        let first = entry.in_schema.as_ref().map(Name::as_str).filter(|schema| *schema != "public");
        let found = first.map(|schema| self.qualified(schema, name)).filter(|found| !found.is_empty());
        found.unwrap_or_else(|| self.qualified("", name))
    }

    fn qualified(&self, schema: &str, name: &str) -> &[&'a ObjectId] {
        let schema = if schema == "public" { "" } else { schema };
        let Some(names) = self.named.get(schema) else { return &[] };
        names.get(name).or_else(|| names.get(range_of(name)?.as_str())).map_or(&[], Vec::as_slice)
    }

    fn mentioned_by(&self, id: &ObjectId, entry: &Entry) -> Vec<ObjectId> {
        let mut search = Search::of(self, id, entry);
        search.found.extend(id.schema().and_then(|schema| self.schemas.get(schema.as_str())).copied());
        search.object();
        let found = search.found.into_iter().filter(|other| !id.is_within(other) && !other.is_within(id));
        found.cloned().collect()
    }
}

/// The range whose multirange type the server would call so.
fn range_of(name: &str) -> Option<String> {
    let bare = name.strip_suffix("_multirange").map(str::to_owned);
    bare.or_else(|| name.contains("multirange").then(|| name.replacen("multirange", "range", 1)))
}

/// The name without the types or the access method behind it.
fn base(id: &ObjectId) -> &str {
    let name = id.name().as_str();
    match id.kind() {
        Kind::Function | Kind::Procedure | Kind::Aggregate | Kind::Operator => name.split('(').next().unwrap_or(name),
        Kind::OperatorClass | Kind::OperatorFamily => name.split(" using ").next().unwrap_or(name),
        _ => name,
    }
}

struct Search<'n, 'a> {
    names: &'n Names<'a>,
    id: &'n ObjectId,
    entry: &'n Entry,
    found: BTreeSet<&'a ObjectId>,
    /// Those of them that are named with their schema.
    by_schema: BTreeSet<&'a ObjectId>,
}

impl<'n, 'a> Search<'n, 'a> {
    const fn of(names: &'n Names<'a>, id: &'n ObjectId, entry: &'n Entry) -> Self {
        Self { names, id, entry, found: BTreeSet::new(), by_schema: BTreeSet::new() }
    }

    fn object(&mut self) {
        use What::{Expression, Function, Query, Types};
        let entry = self.entry;
        match &entry.object {
            Object::Column(it) => {
                self.texts(Types, &it.ty);
                self.texts(Expression, it.default.iter().chain(it.generated.iter().map(|it| &it.sql)));
                self.collation(it.collation.as_ref());
            }
            Object::Attribute(it) => {
                self.texts(Types, &it.ty);
                self.collation(it.collation.as_ref());
            }
            Object::Domain(it) => {
                self.texts(Types, &it.ty);
                self.texts(Expression, &it.default);
                self.collation(it.collation.as_ref());
            }
            Object::Range(it) => {
                self.texts(Types, &it.subtype);
                self.texts(Function, it.canonical.iter().chain(&it.subtype_diff));
                self.collation(it.collation.as_ref());
            }
            Object::Table(it) => {
                self.texts(Types, &it.of_type);
                self.texts(Expression, &it.partition_by);
            }
            Object::ForeignTable(it) => self.global(Kind::ForeignServer, &it.server),
            Object::ForeignServer(it) => self.global(Kind::ForeignDataWrapper, &it.wrapper),
            Object::ForeignDataWrapper(it) => self.texts(Function, it.handler.iter().chain(&it.validator)),
            Object::Check(it) => self.texts(Expression, [&it.sql]),
            Object::PrimaryKey(it) => self.parts(&it.columns),
            Object::Unique(it) => self.parts(&it.columns),
            Object::Exclusion(it) => {
                self.parts(&it.columns);
                self.texts(Expression, &it.predicate);
            }
            Object::Index(it) => {
                self.parts(&it.columns);
                self.texts(Expression, &it.predicate);
            }
            Object::Statistics(it) => self.parts(&it.columns),
            Object::View(it) => self.texts(Query, [&it.query]),
            Object::Rule(it) => {
                self.texts(Query, it.predicate.iter().chain([&it.action]));
            }
            Object::Trigger(it) => {
                self.texts(Expression, &it.when);
                self.texts(Function, &it.execute);
            }
            Object::EventTrigger(it) => self.texts(Function, [&it.execute]),
            Object::Policy(it) => self.texts(Query, it.using.iter().chain(&it.with_check)),
            Object::Function(it) | Object::Procedure(it) => {
                self.texts(Expression, [&it.arguments].into_iter().chain(&it.returns));
                // Tables are types too, where no argument only has the name of one.
                for sql in [&it.arguments].into_iter().chain(&it.returns) {
                    for ty in super::names::argument_types(sql.as_str()) {
                        self.text(Types, &ty);
                    }
                }
                // Another body is read when it runs.
                let body = it.body.iter().filter(|body| is_sql_body(body.as_str()));
                self.texts(Query, body);
            }
            Object::Aggregate(it) => {
                self.texts(Types, [&it.arguments]);
                let values: Vec<Sql> = it.options.iter().filter_map(|(_, value)| value_of(value)).collect();
                self.texts(Function, &values);
            }
            Object::Operator(it) => {
                let functions = [&it.function].into_iter().chain(&it.restrict).chain(&it.join);
                self.texts(Function, functions);
                self.texts(Types, [&super::canonical::type_name(&between(self.id.name().as_str()))]);
            }
            Object::OperatorClass(it) => {
                self.texts(Types, [&it.for_type].into_iter().chain(&it.storage));
                self.texts(Function, &it.functions);
                self.texts(Function, &it.family);
            }
            Object::OperatorFamily(it) => self.texts(Function, &it.functions),
            Object::Cast(it) => {
                self.texts(Function, &it.function);
                self.texts(Types, [&Sql::new(self.id.name().as_str(), "")]);
            }
            Object::TextSearchConfiguration(it) => self.texts(Function, it.mapping.values().flatten()),
            Object::Publication(it) => {
                let schemas = it.schemas.iter().filter_map(|schema| self.names.schemas.get(schema.as_str()));
                self.found.extend(schemas.copied());
                self.texts(Expression, it.tables.iter().filter_map(|table| table.predicate.as_ref()));
            }
            Object::Extension(it) => {
                let schema = it.in_schema.as_ref().and_then(|schema| self.names.schemas.get(schema.as_str()));
                self.found.extend(schema.copied());
            }
            Object::DefaultGrants(_) | Object::Grant(_) | Object::DefaultPrivilege(_) => {}
            Object::Database(_)
            | Object::Schema(_)
            | Object::Collation(_)
            | Object::Enum(_)
            | Object::Composite(_)
            | Object::Sequence(_)
            | Object::TextSearchDictionary(_)
            | Object::UserMapping(_)
            | Object::VirtualTable(_)
            | Object::Partition(_)
            | Object::ForeignKey(_)
            | Object::Event(_)
            | Object::Subscription(_) => {}
        }
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            if let PartOf::Sql(sql) = &part.of {
                self.texts(What::Expression, [sql]);
            }
            self.collation(part.collation.as_ref());
            self.texts(What::Function, part.opclass.iter());
        }
    }

    fn collation(&mut self, name: Option<&Name>) {
        let Some(name) = name else { return };
        let objects = self.names.unqualified(self.entry, name.as_str());
        self.found.extend(objects.iter().filter(|id| id.kind() == Kind::Collation).copied());
    }

    fn global(&mut self, kind: Kind, name: &Name) {
        self.found.extend(self.names.global.get(&(kind, name.as_str())).copied());
    }

    fn texts<'b>(&mut self, what: What, texts: impl IntoIterator<Item = &'b Sql>) {
        for sql in texts {
            self.text(what, sql.as_str());
        }
    }

    fn text(&mut self, what: What, text: &str) {
        let all: Vec<Token> = significant(text).collect();
        let mut words = BTreeSet::new();
        let mut relations: BTreeSet<&'a ObjectId> = BTreeSet::new();
        let mut at = 0;
        while let Some(token) = all.get(at) {
            let start = at;
            let Some(first) = token.identifier(text) else {
                match token.kind {
                    TokenKind::String => self.string(text, &all, at),
                    TokenKind::Symbol if what != What::Types => self.operator(text, &all, at),
                    _ => {}
                }
                at += 1;
                continue;
            };
            let mut chain = vec![first];
            while all.get(at + 1).is_some_and(|dot| dot.text(text) == ".")
                && let Some(next) = all.get(at + 2).and_then(|token| token.identifier(text))
            {
                chain.push(next);
                at += 2;
            }
            at += 1;
            let calls = all.get(at).is_some_and(|token| token.text(text) == "(");
            let typed = start.checked_sub(1).and_then(|at| all.get(at)).is_some_and(|before| before.text(text) == "::");
            for id in self.resolve(what, &chain, calls, typed) {
                if matches!(id.kind(), Kind::Table | Kind::ForeignTable | Kind::View) {
                    relations.insert(id);
                }
                if chain.len() > 1 {
                    self.by_schema.insert(id);
                }
                self.found.insert(id);
            }
            words.extend(chain);
        }
        if what == What::Types || what == What::Function {
            return;
        }
        let own = self.id.parent().and_then(|parent| self.names.columns.get_key_value(parent)).map(|(id, _)| *id);
        for relation in relations.into_iter().chain(own) {
            let Some(columns) = self.names.columns.get(relation) else { continue };
            self.found.extend(words.iter().filter_map(|word| columns.get(word.as_str())).copied());
        }
    }

    fn resolve(&self, what: What, chain: &[String], calls: bool, typed: bool) -> Vec<&'a ObjectId> {
        let objects = match chain {
            [name] => self.names.unqualified(self.entry, name),
            [schema, name, ..] => self.names.qualified(schema, name),
            [] => &[],
        };
        let fits = |kind: Kind| match kind {
            Kind::Enum | Kind::Composite | Kind::Domain | Kind::Range => true,
            Kind::Table | Kind::ForeignTable | Kind::View => {
                what == What::Query || what == What::Types || typed || chain.len() > 1
            }
            Kind::Function | Kind::Procedure | Kind::Aggregate => calls || what == What::Function,
            Kind::Sequence => what == What::Query,
            Kind::Collation => true,
            Kind::OperatorClass | Kind::OperatorFamily | Kind::TextSearchDictionary | Kind::TextSearchConfiguration => {
                what == What::Function
            }
            _ => false,
        };
        objects.iter().filter(|id| fits(id.kind())).copied().collect()
    }

    /// An operator, also as `operator(schema.+)`.
    fn operator(&mut self, text: &str, all: &[Token], at: usize) {
        let Some(symbol) = all.get(at).map(|token| token.text(text)) else { return };
        let before = |back: usize| at.checked_sub(back).and_then(|at| all.get(at));
        let schema = before(2).filter(|_| before(1).is_some_and(|token| token.text(text) == "."));
        let objects = match schema.and_then(|token| token.identifier(text)) {
            Some(schema) => self.names.qualified(&schema, symbol),
            None => self.names.unqualified(self.entry, symbol),
        };
        self.found.extend(objects.iter().filter(|id| id.kind() == Kind::Operator).copied());
    }

    /// The name of a sequence or a table in a string: `nextval('s')`, `'t'::regclass`.
    fn string(&mut self, text: &str, all: &[Token], at: usize) {
        let Some(value) = all.get(at).and_then(|token| token.string(text)) else { return };
        let before = |back: usize| at.checked_sub(back).and_then(|at| all.get(at));
        let after = |more: usize| all.get(at + more);
        let of_sequence = before(1).is_some_and(|token| token.text(text) == "(")
            && before(2)
                .is_some_and(|token| ["nextval", "currval", "setval"].iter().any(|word| token.is_word(text, word)));
        let regclass = after(1).is_some_and(|token| token.text(text) == "::")
            && after(2).is_some_and(|token| token.text(text).to_ascii_lowercase().starts_with("reg"));
        if !of_sequence && !regclass {
            return;
        }
        let chain: Vec<String> = significant(&value).filter_map(|token| token.identifier(&value)).collect();
        let objects = match chain.as_slice() {
            [name] => self.names.unqualified(self.entry, name),
            [schema, name] => self.names.qualified(schema, name),
            _ => &[],
        };
        if chain.len() > 1 {
            self.by_schema.extend(objects.iter().copied());
        }
        self.found.extend(objects.iter().copied());
    }
}

/// Whether a body is SQL's own, of which the server knows what it uses.
fn is_sql_body(body: &str) -> bool {
    let mut all = significant(body);
    let (first, second) = (all.next(), all.next());
    let is = |token: Option<Token>, word: &str| token.is_some_and(|token| token.is_word(body, word));
    is(first, "return") || (is(first, "begin") && is(second, "atomic"))
}

fn value_of(value: &crate::catalog::OptionValue) -> Option<Sql> {
    match value {
        crate::catalog::OptionValue::Text(text) => Some(Sql::new(text.as_str(), "")),
        _ => None,
    }
}

/// What stands between the parentheses.
fn between(name: &str) -> String {
    name.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')')).to_owned()
}
