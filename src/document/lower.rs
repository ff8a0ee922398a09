//! A [`Document`] to the catalog that one database should have.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::catalog::{Catalog, Entry, Folding, Kind, Name, Object, ObjectId};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Place, Sources};
use crate::dialect::{Dialect, DialectName};

use super::elsewhere;
use super::fields::{Attributes, Fields, is_excluded};
use super::made_up::MadeUp;
use super::names::{self, Qualified};
use super::parse::{Block, BlockKind, Document, File};
use super::portable::Portability;
use super::precedes::Precedes;
use super::sections;
use super::spec::Databases;
use super::tree::{Item, Node};
use super::{Desired, Origin};
use crate::suggest;

/// An object as declared.
#[derive(Debug, Clone)]
pub(super) struct Declared<'n> {
    pub(super) id: ObjectId,
    pub(super) node: &'n Node,
    pub(super) file: FileId,
    /// The keys from the top of the file.
    pub(super) path: Vec<Arc<str>>,
    /// The text of its key.
    pub(super) place: Place,
    /// The databases that its file is for, where that says so.
    pub(super) of_file: Option<Databases>,
    /// Whether its block has errors already, so that what seems missing may not be.
    pub(super) unsure: bool,
}

impl<'n> Declared<'n> {
    /// An object of a child section of this one.
    pub(super) fn child<'m>(&self, dialect: &dyn Dialect, kind: Kind, item: &'m Item, word: &str) -> Declared<'m> {
        let path = self.path.iter().cloned().chain([word.into(), Arc::clone(&item.key)]).collect();
        let name = Name::new(Arc::clone(&item.key), dialect.folding(kind));
        Declared {
            id: self.id.child(kind, name),
            node: &item.node,
            file: self.file,
            path,
            place: item.place,
            of_file: self.of_file,
            unsure: self.unsure,
        }
    }

    /// What a key of this object makes: a constraint written on a column.
    pub(super) fn by_key(&self, id: ObjectId, key: &str, place: Place, node: &'n Node) -> Self {
        let path = self.path.iter().cloned().chain([key.into()]).collect();
        Self { id, node, file: self.file, path, place, of_file: self.of_file, unsure: self.unsure }
    }
}

/// A foreign key whose target is looked at when all tables are there.
pub(super) struct PendingReference {
    pub(super) key: ObjectId,
    pub(super) place: Place,
}

/// The work of one lowering.
pub(super) struct Lowering<'a> {
    pub(super) dialect: &'a dyn Dialect,
    /// Whether it is remembered where each object is declared.
    keeps_origins: bool,
    pub(super) desired: Desired,
    pub(super) found: Vec<Diagnostic>,
    /// The schema that names without one are looked for in.
    pub(super) in_schema: Option<String>,
    /// `null` of every column as written.
    pub(super) nulls: Vec<(ObjectId, Option<bool>, Place)>,
    /// How many constraints without a name a table has that are otherwise called the same.
    pub(super) copies: HashMap<ObjectId, usize>,
    /// The constraints whose names the database makes up.
    pub(super) made_up: Vec<MadeUp>,
    /// Triggers that say which one they come before.
    pub(super) precedes: Vec<Precedes>,
    pub(super) references: Vec<PendingReference>,
    /// The tables and views whose blocks have errors already.
    unsure: HashSet<ObjectId>,
    /// What is declared twice, so that what is said of it may mean either.
    pub(super) twice: HashSet<ObjectId>,
    positions: HashMap<Option<ObjectId>, u32>,
    /// Where it is said what had a name before.
    renamed: HashMap<ObjectId, Place>,
}

impl Document {
    /// What the document says for one database. `Err` has all errors of the document and the warnings.
    pub fn lower(&self, dialect: &dyn Dialect) -> std::result::Result<Desired, Diagnostics> {
        self.lower_keeping(dialect, true)
    }

    /// The catalog alone, without [`Desired::origins`], which take as much room and are needed only where something
    /// is to be said of the TOML, or edited in it. What is lowered is freed on the way.
    pub fn into_catalog(self, dialect: &dyn Dialect) -> std::result::Result<(Sources, Desired), Diagnostics> {
        let Self { sources, files, found } = self;
        let mut lowering = Lowering::new(dialect, false, found);
        let mut later = Vec::new();
        for mut file in files {
            let blocks = std::mem::take(&mut file.blocks);
            if !lowering.head(&file) {
                continue;
            }
            let file = Rc::new(file);
            for block in blocks {
                if lowering.block(&file, &block).is_some() {
                    later.push((Rc::clone(&file), block));
                }
            }
        }
        for (file, block) in &later {
            if lowering.head(file)
                && let Some((section, declared)) = lowering.block(file, block)
            {
                sections::lower_addition(&mut lowering, section, &declared);
            }
        }
        match lowering.finish(&sources) {
            Ok(desired) if desired.warnings.is_empty() => Ok((sources, desired)),
            // What is to be said needs the places.
            _ => Self::parse(sources.clone())?.lower(dialect).map(|desired| (sources, desired)),
        }
    }

    fn lower_keeping(&self, dialect: &dyn Dialect, origins: bool) -> std::result::Result<Desired, Diagnostics> {
        let mut lowering = Lowering::new(dialect, origins, self.found.clone());
        let mut additions = Vec::new();
        for file in &self.files {
            if lowering.head(file) {
                additions.extend(file.blocks.iter().filter_map(|block| lowering.block(file, block)));
            } else {
                file.blocks.iter().for_each(|block| lowering.taken(file, block));
            }
        }
        for (section, declared) in additions {
            sections::lower_addition(&mut lowering, section, &declared);
        }
        lowering.finish(&self.sources)
    }
}

impl<'a> Lowering<'a> {
    fn new(dialect: &'a dyn Dialect, keeps_origins: bool, found: Vec<Diagnostic>) -> Self {
        Self {
            dialect,
            keeps_origins,
            desired: Desired::default(),
            found,
            in_schema: None,
            nulls: Vec::new(),
            copies: HashMap::new(),
            made_up: Vec::new(),
            precedes: Vec::new(),
            references: Vec::new(),
            renamed: HashMap::new(),
            unsure: HashSet::new(),
            twice: HashSet::new(),
            positions: HashMap::new(),
        }
    }

    /// Begins a file; whether it is for this database.
    fn head(&mut self, file: &File) -> bool {
        if file.only.is_some_and(|only| !only.has(self.dialect.name())) {
            return false;
        }
        self.desired.allow_empty |= file.allow_empty;
        self.in_schema = file.in_schema.as_ref().map(|(schema, _)| schema.clone());
        if let Some((schema, place)) = &file.in_schema
            && self.no_schemas(
                schema,
                place,
                "remove `in_schema`, or keep the file to databases that have schemas with `only`",
            )
        {
            self.in_schema = None;
        }
        true
    }

    /// Lowers one object of a file. What only adds to an object of another file is given back, to be lowered last.
    fn block<'b>(&mut self, file: &File, block: &'b Block) -> Option<(&'static super::spec::Section, Declared<'b>)> {
        let name = self.dialect.name();
        if is_excluded(&block.node, name) {
            self.taken(file, block);
            return None;
        }
        let section = match block.kind {
            BlockKind::Read(section) if section.on.has(name) => section,
            BlockKind::Read(section) => {
                self.not_here(section.word, section.on, block);
                return None;
            }
            BlockKind::Later(word, on) => {
                self.not_here(word, on, block);
                return None;
            }
        };
        let declared = Declared {
            id: self.top_id(section, block)?,
            node: &block.node,
            file: file.id,
            // The database has no name.
            path: std::iter::once(section.word.into())
                .chain(Some(Arc::clone(&block.key)).filter(|key| !key.is_empty()))
                .collect(),
            place: block.place,
            of_file: file.only,
            unsure: block.faulty,
        };
        if block.faulty {
            self.unsure.insert(declared.id.clone());
        }
        Portability { dialect: self.dialect, name, found: &mut self.found }.object(section, &block.node);
        if block.node.table().is_some_and(|items| sections::is_addition(section, items)) {
            return Some((section, declared));
        }
        sections::lower(self, section, &declared);
        None
    }

    /// Notes the name of an object that other databases have.
    fn taken(&mut self, file: &File, block: &Block) {
        let BlockKind::Read(section) = block.kind else { return };
        if self.keeps_origins {
            self.desired.others.extend(elsewhere::others(section, &block.node, file.only, self.dialect.name()));
        }
        let (Some(kind), Ok(Qualified { schema: None, name })) = (section.kind, names::key(&block.key)) else { return };
        let id = ObjectId::top(kind, None, self.name(kind, name));
        self.desired.taken.entry(id).or_default().push(file.id);
    }

    fn not_here(&mut self, word: &str, on: super::spec::Databases, block: &Block) {
        let product = self.dialect.name().product();
        let (message, help) = if on.has(self.dialect.name()) {
            (format!("trueup does not manage `{word}` yet"), format!("keep it out of {product} with `only`"))
        } else {
            (
                format!("{product} has no `{word}`: it belongs to {}", on.products()),
                format!("write `only = [\"{}\"]` in it, or at the head of its file", on.word()),
            )
        };
        self.error(message, &block.place, "", help);
    }

    fn top_id(&mut self, section: &'static super::spec::Section, block: &Block) -> Option<ObjectId> {
        let kind = section.kind?;
        if kind == Kind::Cast {
            return Some(ObjectId::top(kind, None, self.dialect.signature(kind, &block.key, "")));
        }
        if !kind.lives_in_schema() && !matches!(kind, Kind::VirtualTable | Kind::Event) {
            return Some(ObjectId::top(kind, None, self.name(kind, &*block.key)));
        }
        if matches!(kind, Kind::Function | Kind::Procedure | Kind::Aggregate | Kind::Operator) {
            return self.signed_id(kind, block);
        }
        match names::key(&block.key) {
            Ok(name) => self.qualified_id(kind, name, &block.place),
            Err(reason) => {
                let help = "an odd name stands in SQL's double quotes inside the key: `[table.'\"a.b\"']`".to_owned();
                self.error(format!("`{}` cannot be read as a name: {reason}", block.key), &block.place, "", help);
                None
            }
        }
    }

    /// The id of a top-level object, in the schema that is written or the file's.
    pub(super) fn qualified_id(&mut self, kind: Kind, name: Qualified, place: &Place) -> Option<ObjectId> {
        if let Some(schema) = &name.schema {
            let quoted = format!("\"{schema}.{}\"", name.name);
            let help = format!("a dot that is part of the name stands in double quotes: '{quoted}'");
            if self.no_schemas(schema, place, &help) {
                return None;
            }
        }
        let schema = name.schema.as_deref().or(self.in_schema.as_deref().filter(|_| kind.lives_in_schema()));
        let schema = schema.filter(|schema| self.dialect.default_schema() != Some(schema)).map(Name::exact);
        Some(ObjectId::top(kind, schema, self.name(kind, name.name)))
    }

    /// The table that a foreign key refers to. MySQL and MariaDB know tables of other databases there.
    pub(super) fn referenced_table(&mut self, name: Qualified, place: &Place) -> Option<ObjectId> {
        if let (Some(schema), DialectName::Mysql | DialectName::Mariadb) = (&name.schema, self.dialect.name()) {
            return Some(ObjectId::top(Kind::Table, Some(Name::exact(schema)), self.name(Kind::Table, name.name)));
        }
        self.qualified_id(Kind::Table, name, place)
    }

    fn no_schemas(&mut self, schema: &str, place: &Place, help: &str) -> bool {
        let none = match self.dialect.name() {
            DialectName::Sqlite | DialectName::Mysql | DialectName::Mariadb => true,
            DialectName::Postgres => false,
        };
        if none {
            let product = self.dialect.name().product();
            self.error(
                format!("{product} has no schemas, so nothing can be in `{schema}`"),
                place,
                "",
                help.to_owned(),
            );
        }
        none
    }

    /// A name as the dialect matches it.
    pub(super) fn name(&self, kind: Kind, text: impl AsRef<str>) -> Name {
        Name::new(text, self.dialect.folding(kind))
    }

    pub(super) fn error(&mut self, message: String, place: &Place, label: &str, help: String) {
        let error = Diagnostic::error(message).at(*place, label);
        self.found.push(if help.is_empty() { error } else { error.with_help(help) });
    }

    /// Whether an object or what it belongs to has errors already.
    pub(super) fn is_unsure(&self, id: &ObjectId) -> bool {
        self.unsure.contains(id.root())
    }

    /// Adds an object. Says so when it is there already, and gives back whether it was added.
    pub(super) fn insert(&mut self, declared: &Declared<'_>, object: Object, mut attributes: Attributes) -> bool {
        let position = self.positions.entry(declared.id.parent().cloned()).or_default();
        let mut entry = Entry::new(object, *position);
        *position += 1;
        self.beside(declared, &mut entry);
        if self.desired.catalog.insert(declared.id.clone(), entry).is_err() {
            self.declared_twice(declared);
            return false;
        }
        if self.keeps_origins {
            let owner = declared.node.table().and_then(|items| super::tree::find(items, "owner"));
            let owner = owner.and_then(|item| super::fields::for_database(&item.node, self.dialect.name()));
            attributes.extend(owner.map(|node| ("owner", node.place)));
            attributes.shrink_to_fit();
            let origin = Origin { file: declared.file, path: declared.path.clone(), place: declared.place, attributes };
            self.desired.origins.insert(declared.id.clone(), origin);
            let section = sections::of_kind(declared.id.kind());
            let others = elsewhere::others(section, declared.node, declared.of_file, self.dialect.name());
            self.desired.others.extend(others.iter().copied());
            if !others.is_empty() {
                self.desired.shared.insert(declared.id.clone(), others);
            }
        }
        self.ignores(declared);
        true
    }

    /// The place that the next partition of the same table will have. Its columns and indexes do not count, as the
    /// server does not count them.
    pub(super) fn next_partition(&self, declared: &Declared<'_>) -> u32 {
        let parent = declared.id.parent();
        let siblings = parent.into_iter().flat_map(|parent| self.desired.catalog.children(parent));
        let before = siblings.filter(|(id, _)| id.kind() == Kind::Partition).count();
        u32::try_from(before).unwrap_or(u32::MAX)
    }

    fn declared_twice(&mut self, declared: &Declared<'_>) {
        let id = &declared.id;
        self.twice.insert(id.clone());
        let message = match self.desired.catalog.get_key_value(id) {
            _ if id.kind() == Kind::PrimaryKey => {
                let table = id.parent().map(ToString::to_string).unwrap_or_default();
                format!("`{table}` has two primary keys")
            }
            Some((first, _)) if !first.name().same_spelling(id.name()) => format!(
                "`{first}` and `{id}` are one name: {} does not tell letter cases apart",
                self.dialect.name().product()
            ),
            _ => format!("`{id}` is declared twice"),
        };
        let help = if id.kind() == Kind::PrimaryKey {
            "a key of several columns is written on the table: `primary_key = [\"a\", \"b\"]`"
        } else {
            "an object is declared once: join the two, or remove one"
        };
        let error = Diagnostic::error(message).with_help(help);
        let Some(origin) = self.desired.origins.get(id) else {
            // Said again with both places.
            self.found.push(error);
            return;
        };
        // What comes first in the lowering may come second in the text.
        let order = |place: &Place| (place.file, place.span().start);
        let (first, second) = if order(&origin.place) <= order(&declared.place) {
            (&origin.place, &declared.place)
        } else {
            (&declared.place, &origin.place)
        };
        self.found.push(error.at(*second, "declared again here").with_related(*first, "first declared here"));
    }

    fn ignores(&mut self, declared: &Declared<'_>) {
        let Some(items) = declared.node.table() else { return };
        let Some(list) = super::tree::find(items, "ignore").and_then(|item| item.node.list()) else { return };
        let patterns = list.iter().filter_map(|node| node.text().map(str::to_owned)).collect();
        self.desired.intent.ignore.push((declared.id.clone(), patterns));
    }

    /// `renamed_from` of an object that stands on its own.
    pub(super) fn renamed_top(&mut self, declared: &Declared<'_>, fields: &Fields<'_>) {
        let Some((text, place)) = fields.text("renamed_from") else { return };
        let kind = declared.id.kind();
        let name = match kind {
            Kind::Function | Kind::Procedure | Kind::Aggregate => self.signed_name(&declared.id, text),
            _ => names::qualified(text).ok(),
        };
        let Some(name) = name else { return };
        if let Some(from) = self.qualified_id(kind, name, &place) {
            self.rename(from, &declared.id, &place);
        }
    }

    /// `renamed_from` of an object in the schema of another.
    pub(super) fn renamed_beside(&mut self, declared: &Declared<'_>, fields: &Fields<'_>) {
        let Some((text, place)) = fields.text("renamed_from") else { return };
        let Ok(name) = names::name(text) else { return };
        let kind = declared.id.kind();
        self.rename(ObjectId::top(kind, declared.id.schema().cloned(), self.name(kind, name)), &declared.id, &place);
    }

    /// `renamed_from` of an object that belongs to another. The old id has the new parent: the parent
    /// is renamed first, if at all.
    pub(super) fn renamed_child(&mut self, declared: &Declared<'_>, fields: &Fields<'_>) {
        let (Some((text, place)), Some(parent)) = (fields.text("renamed_from"), declared.id.parent()) else { return };
        let Ok(name) = names::name(text) else { return };
        let kind = declared.id.kind();
        let from = parent.child(kind, self.name(kind, name));
        self.rename(from, &declared.id, &place);
    }

    fn rename(&mut self, from: ObjectId, to: &ObjectId, place: &Place) {
        let is_bare = to.kind().is_routine() && !from.name().as_str().contains('(');
        let is_own = if is_bare {
            from.schema() == to.schema() && from.name().as_str() == to.bare_name()
        } else {
            from.name().same_spelling(to.name()) && from == *to
        };
        if is_own {
            self.error(
                format!("`renamed_from` of `{to}` is its own name"),
                place,
                "",
                "write the name it had before, or remove the key".to_owned(),
            );
            return;
        }
        // A name without types may stand for several routines.
        if !is_bare && let Some(first) = self.renamed.insert(from.clone(), *place) {
            let error = Diagnostic::error(format!("`{from}` cannot have become two"))
                .at(*place, "the second that was it")
                .with_related(first, "the first that was it")
                .with_help("let one of them be a new one");
            self.found.push(error);
        }
        self.desired.intent.renames.push((from, to.clone()));
    }

    /// Says so when a column of a table is not there; `what` refers to it.
    pub(super) fn check_column(&mut self, table: &ObjectId, column: &Name, place: &Place, what: &str) {
        if self.desired.catalog.contains(&table.child(Kind::Column, column.clone())) || self.is_unsure(table) {
            return;
        }
        // Its columns may be those of its parents, which need not be declared yet, or of its type; a period is named
        // in a key as a column is.
        if let Some(Object::Table(table)) = self.desired.catalog.object(table)
            && (table.partition_of.is_some()
                || table.of_type.is_some()
                || !table.inherits.is_empty()
                || table.period.iter().any(|period| period.name == *column))
        {
            return;
        }
        let help = nearest_column(&self.desired.catalog, table, column);
        self.error(
            format!("{what} names the column `{column}`, which `{table}` does not have"),
            place,
            "no such column",
            help,
        );
    }

    /// A declared table whose name is near to this one.
    pub(super) fn nearest_table(&self, id: &ObjectId) -> Option<String> {
        let tables = self.desired.catalog.iter().filter(|(other, _)| other.kind() == id.kind() && *other != id);
        let near = suggest::nearest(id.name().as_str(), tables.map(|(other, _)| other.name().as_str()))?;
        Some(format!("did you mean `{near}`?"))
    }

    /// Settles the `null` of the columns so far; their tables are complete.
    pub(super) fn settle_nulls(&mut self) {
        for (id, written, place) in std::mem::take(&mut self.nulls) {
            match self.dialect.settle_null(&self.desired.catalog, &id, written) {
                Ok(null) => {
                    if let Some(Entry { object: Object::Column(column), .. }) = self.desired.catalog.get_mut(&id) {
                        column.null = null;
                    }
                }
                Err(reason) if !self.is_unsure(&id) => self.found.push(Diagnostic::error(reason).at(place, "")),
                Err(_) => {}
            }
        }
    }

    fn finish(mut self, sources: &Sources) -> std::result::Result<Desired, Diagnostics> {
        self.check_shared_names();
        sections::settle_columns(&mut self);
        sections::check_references(&mut self);
        sections::name_referenced_keys(&mut self);
        super::quoted::check(&mut self);
        self.check_types();
        self.write_schemas();
        self.imply_schemas();
        self.rename_made_up();
        self.order_triggers();
        // A parent is renamed before what belongs to it.
        self.desired.intent.renames.sort_by(|(_, a), (_, b)| a.cmp(b));
        self.found.sort_by_key(|item| item.place.as_ref().map(|(place, _)| (place.file, place.span().start)));
        self.shorten();
        let diagnostics = Diagnostics { sources: sources.clone(), items: self.found };
        if diagnostics.has_errors() {
            return Err(diagnostics);
        }
        self.dialect.find_mentions(&mut self.desired.catalog);
        self.desired.warnings = diagnostics.items;
        Ok(self.desired)
    }
}

/// What to say when a column is not there: the nearest one, or all of them when they are few.
pub(super) fn nearest_column(catalog: &Catalog, table: &ObjectId, column: &Name) -> String {
    let columns = catalog.columns(table);
    let exact = columns.iter().find(|(id, _)| {
        Name::new(id.name().as_str(), Folding::Unicode) == Name::new(column.as_str(), Folding::Unicode)
    });
    if let Some((id, _)) = exact {
        return format!("it has `{}`: the letter case counts", id.name());
    }
    suggest::help(column.as_str(), columns.iter().map(|(id, _)| id.name().as_str()))
        .unwrap_or_else(|| "declare the column, or name another".to_owned())
}
