//! Functions and procedures.

use crate::catalog::{Kind, Name, Object, OptionKey, Options, Routine, Sql};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::super::row::Row;
use super::super::text;
use super::{owned, put};

const ROUTINES: &str = include_str!("../../queries/routines.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(ROUTINES)? {
        let key = (class::PROC, row.oid("oid")?, 0);
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let made_by = reader.object((class::TYPE, row.oid("constructs")?, 0)).cloned();
        if row.oid("constructs")? != 0 {
            if let Some(range) = made_by {
                reader.hide(key, range);
            }
            continue;
        }
        let kind = if row.letter("kind")? == 'p' { Kind::Procedure } else { Kind::Function };
        let name = Name::exact(format!("{}({})", row.text("name")?, row.text("types")?));
        let Some(id) = reader.in_schema(kind, row.oid("namespace")?, name) else { continue };
        let routine = routine(&row)?;
        let object = if kind == Kind::Procedure { Object::Procedure(routine) } else { Object::Function(routine) };
        let entry = owned(object, reader.role(row.oid("owner")?));
        reader.insert(key, id, entry);
    }
    Ok(())
}

fn routine(row: &Row) -> Result<Routine> {
    let language = row.text("language")?;
    let source = row.text("source")?;
    let mut options = Options::default();
    put(&mut options, OptionKey::Volatility, volatility(row.letter("volatility")?).map(str::to_owned));
    put(&mut options, OptionKey::Parallel, parallel(row.letter("parallel")?).map(str::to_owned));
    put(&mut options, OptionKey::Security, row.flag("definer")?.then(|| "definer".to_owned()));
    let of_library = language == "c";
    let body = match row.maybe_text("sql_body")? {
        Some(body) => Some(text::query(&body)),
        None if of_library => None,
        None => Some(Sql::new(source.as_str(), source.as_str())),
    };
    Ok(Routine {
        arguments: row.expression("arguments")?.unwrap_or_default(),
        returns: row.type_name("returns")?,
        language,
        body,
        strict: row.flag("strict")?,
        leakproof: row.flag("leakproof")?,
        window: row.letter("kind")? == 'w',
        cost: row.maybe_text("cost")?,
        rows: row.maybe_text("rows")?,
        support: row.expression("support")?,
        set: text::parameters(&row.texts("set")?),
        transform: row.texts("transform")?.iter().map(|ty| text::type_name(ty)).collect(),
        library: row.maybe_text("library")?.filter(|_| of_library),
        symbol: of_library.then_some(source),
        options,
    })
}

fn volatility(letter: char) -> Option<&'static str> {
    match letter {
        'i' => Some("immutable"),
        's' => Some("stable"),
        _ => None,
    }
}

pub(super) fn parallel(letter: char) -> Option<&'static str> {
    match letter {
        's' => Some("safe"),
        'r' => Some("restricted"),
        _ => None,
    }
}
