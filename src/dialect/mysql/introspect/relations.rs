//! Tables, views and sequences.

use std::collections::BTreeMap;

use crate::catalog::{Kind, Object, ObjectId, OptionKey, OptionValue, Options, Table, View};
use crate::dialect::Dialect as _;
use crate::error::Result;

use super::super::query::{Answer, Texts};
use super::super::{parse, render, sql, types};
use super::{Reader, catalog_of, honesty, word};

const TABLES: &str = include_str!("../queries/tables.sql");
const REFERENCE_SYSTEMS: &str = include_str!("../queries/reference_systems.sql");
const LIBRARIES: &str = include_str!("../queries/libraries.sql");
const VIEWS: &str = include_str!("../queries/views.sql");

/// The statement in the second column of SHOW CREATE, or why there is none.
pub(super) fn shown(answer: Answer, column: usize) -> Result<String, String> {
    match answer {
        Ok(texts) => {
            texts.get(column).cloned().flatten().ok_or_else(|| "the server does not show it to this user".to_owned())
        }
        Err(error) => Err(super::super::connect::statement_error("the server", &error, "").to_string()),
    }
}

impl Reader<'_> {
    pub(super) fn relations(&mut self) -> Result<()> {
        let listed = self.link.rows(TABLES)?;
        let views: BTreeMap<String, Texts> =
            self.link.rows(VIEWS)?.into_iter().filter_map(|row| Some((row.first()?.clone()?, row))).collect();
        let mut found = Vec::new();
        for row in listed {
            let [Some(name), Some(kind), comment] = row.as_slice() else { continue };
            let kind = match kind.as_str() {
                "VIEW" => Kind::View,
                "SEQUENCE" => Kind::Sequence,
                "BASE TABLE" | "SYSTEM VERSIONED" => Kind::Table,
                other => {
                    self.live.unmanaged.push(format!("{name}, a {}", other.to_lowercase()));
                    continue;
                }
            };
            found.push((kind, name.clone(), comment.clone().unwrap_or_default()));
        }
        let statements: Vec<String> = found
            .iter()
            .map(|(kind, name, _)| {
                let word = match kind {
                    Kind::View => "VIEW",
                    Kind::Sequence => "SEQUENCE",
                    _ => "TABLE",
                };
                format!("SHOW CREATE {word} {}", sql::quote(name))
            })
            .collect();
        let answers = self.link.batch(&statements)?;
        for ((kind, name, comment), answer) in found.into_iter().zip(answers) {
            let id = self.dialect.top(kind, &name);
            let read = shown(answer, 1);
            match kind {
                Kind::View => self.view(id, read, views.get(&name), &comment),
                Kind::Sequence => {
                    let reading = self.defaults.reading(self.dialect);
                    let read =
                        read.and_then(|text| parse::create_sequence(&text, reading).map_err(|error| error.to_string()));
                    match read {
                        Ok((sequence, comment)) => self.insert(id, Object::Sequence(sequence), comment),
                        Err(reason) => drop(self.live.not_understood.insert(id, reason)),
                    }
                }
                _ => self.table(&id, read),
            }
        }
        self.libraries()?;
        self.reference_systems()
    }

    /// MySQL has them since 9.2.
    fn libraries(&mut self) -> Result<()> {
        if self.dialect.is_mariadb() {
            return Ok(());
        }
        let answer = self.link.batch(&[LIBRARIES.to_owned()])?.pop();
        let count = answer.and_then(std::result::Result::ok).and_then(|row| row.first().cloned().flatten());
        match count.as_deref() {
            None | Some("0") => {}
            Some("1") => self.live.unmanaged.push("1 library of JavaScript or WebAssembly".to_owned()),
            Some(count) => self.live.unmanaged.push(format!("{count} libraries of JavaScript or WebAssembly")),
        }
        Ok(())
    }

    /// MariaDB shows the reference system of a column nowhere but here.
    fn reference_systems(&mut self) -> Result<()> {
        let is_spatial = |object: &Object| match object {
            Object::Column(column) => column.ty.as_ref().is_some_and(types::is_geometry),
            _ => false,
        };
        let spatial = self.live.catalog.iter().any(|(_, entry)| is_spatial(&entry.object));
        if !self.dialect.is_mariadb() || !spatial {
            return Ok(());
        }
        for row in self.link.rows(REFERENCE_SYSTEMS)? {
            let [Some(table), Some(column), Some(srid)] = row.as_slice() else { continue };
            let id = self.dialect.top(Kind::Table, table);
            let id = id.child(Kind::Column, self.dialect.called(Kind::Column, column));
            let entry = self.live.catalog.get_mut(&id).map(|entry| &mut entry.object);
            if let (Some(Object::Column(column)), Ok(srid)) = (entry, srid.parse()) {
                column.options.put(OptionKey::Srid, OptionValue::Integer(srid));
            }
        }
        Ok(())
    }

    fn table(&mut self, id: &ObjectId, read: Result<String, String>) {
        let reading = self.defaults.reading(self.dialect);
        let objects = read.and_then(|text| {
            // MariaDB writes the database before a sequence's name.
            let text = parse::without_database(&parse::quoted_key_names(&text), self.database);
            let objects = parse::create_table(&text, id, reading).map_err(|error| error.to_string())?;
            Ok((text, objects))
        });
        let (text, objects) = match objects {
            Ok(found) => found,
            Err(reason) => {
                self.insert(id.clone(), Object::Table(Table::default()), None);
                self.live.not_understood.insert(id.clone(), reason);
                return;
            }
        };
        let count = objects.list.len();
        let catalog = catalog_of(objects.list.clone());
        let reason = if catalog.len() == count {
            honesty::difference(&text, &render::table(&catalog, id, self.dialect.flavour, &|_| true))
        } else {
            Some("two of its parts have one name".to_owned())
        };
        for (id, mut entry) in objects.list {
            if id.parent().is_none() {
                entry.position = self.position;
                self.position += 1;
            }
            // A table of a name that is matched without case is there once.
            let _ = self.live.catalog.insert(id, entry);
        }
        if let Some(reason) = reason {
            self.live.not_understood.insert(id.clone(), reason);
        }
    }

    fn view(&mut self, id: ObjectId, read: Result<String, String>, row: Option<&Texts>, comment: &str) {
        let value = |at: usize| row.and_then(|row| row.get(at)).and_then(Option::as_deref);
        let check = value(1).unwrap_or("NONE");
        let parsed = |text: &str, is_checked: bool| {
            parse::create_view(text, self.database, is_checked).map_err(|error| error.to_string())
        };
        // One that calls a function in another way than it is now has a text, but is not shown.
        let definition = value(5).filter(|text| !text.is_empty());
        let read = match (read, definition) {
            (Ok(text), _) => parsed(&text, check != "NONE"),
            (Err(reason), Some(query)) => {
                self.live.broken.insert(id.clone(), reason);
                parsed(&format!("CREATE VIEW {} AS {query}", sql::quote(id.name().as_str())), false)
            }
            (Err(reason), None) => Err(reason),
        };
        let read = match read {
            Ok(read) if read.is_duality => {
                self.live.unmanaged.push(format!("{}, a JSON duality view", id.name()));
                return;
            }
            Ok(read) => read,
            Err(reason) => {
                self.live.not_understood.insert(id, reason);
                return;
            }
        };
        let mut options = Options::default();
        word(&mut options, self.dialect, Kind::View, OptionKey::Algorithm, &read.algorithm);
        word(&mut options, self.dialect, Kind::View, OptionKey::CheckOption, check);
        word(&mut options, self.dialect, Kind::View, OptionKey::Security, value(2).unwrap_or("definer"));
        if let Some(definer) = value(3) {
            options.put(OptionKey::Definer, OptionValue::Text(definer.to_owned()));
        }
        if let Some(collation) = value(4) {
            options.put(OptionKey::CollationConnection, OptionValue::Text(collation.to_owned()));
        }
        let column_names = read.column_names.iter().map(|name| self.dialect.called(Kind::Column, name)).collect();
        let view = View { query: self.dialect.query(&read.query), column_names, options, ..View::default() };
        // The server says so in the place of a comment, which views have none of.
        if !matches!(comment, "" | "VIEW") {
            self.live.broken.insert(id.clone(), comment.to_owned());
        }
        self.insert(id, Object::View(view), None);
    }
}
