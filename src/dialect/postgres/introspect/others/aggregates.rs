//! Aggregate functions.

use crate::catalog::{Aggregate, Kind, Name, Object, OptionKey, OptionValue, Options};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::super::row::Row;
use super::super::text;
use super::routines::parallel;
use super::{owned, put};

const AGGREGATES: &str = include_str!("../../queries/aggregates.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(AGGREGATES)? {
        let key = (class::PROC, row.oid("oid")?, 0);
        let name = Name::exact(format!("{}({})", row.text("name")?, signature(&row)?));
        let Some(id) = reader.in_schema(Kind::Aggregate, row.oid("namespace")?, name) else { continue };
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let arguments = row.text("arguments")?;
        let arguments = text::expression(if arguments.is_empty() { "*" } else { &arguments });
        let aggregate = Aggregate { arguments, options: options(&row)? };
        let entry = owned(Object::Aggregate(aggregate), reader.role(row.oid("owner")?));
        reader.insert(key, id, entry);
    }
    Ok(())
}

/// The types that tell it from others of its name.
fn signature(row: &Row) -> Result<String> {
    let types = row.texts("types")?;
    let direct = usize::try_from(row.get::<i32>("direct")?).unwrap_or_default();
    if row.letter("kind")? == 'n' {
        return Ok(if types.is_empty() { "*".to_owned() } else { types.join(", ") });
    }
    let (before, ordered) = types.split_at(direct.min(types.len()));
    // Arguments that may be any number stand once and count for both.
    let ordered = if ordered.is_empty() && row.flag("variadic")? {
        before.last().into_iter().cloned().collect()
    } else {
        ordered.to_vec()
    };
    let blank = if before.is_empty() { "" } else { " " };
    Ok(format!("{}{blank}order by {}", before.join(", "), ordered.join(", ")))
}

fn options(row: &Row) -> Result<Options> {
    let mut options = Options::default();
    for (key, column) in [
        (OptionKey::Sfunc, "sfunc"),
        (OptionKey::Stype, "stype"),
        (OptionKey::Finalfunc, "finalfunc"),
        (OptionKey::Combinefunc, "combinefunc"),
        (OptionKey::Serialfunc, "serialfunc"),
        (OptionKey::Deserialfunc, "deserialfunc"),
        (OptionKey::Initcond, "initcond"),
        (OptionKey::Msfunc, "msfunc"),
        (OptionKey::Minvfunc, "minvfunc"),
        (OptionKey::Mstype, "mstype"),
        (OptionKey::Mfinalfunc, "mfinalfunc"),
        (OptionKey::Minitcond, "minitcond"),
        (OptionKey::Sortop, "sortop"),
    ] {
        put(&mut options, key, row.maybe_text(column)?);
    }
    for (key, column) in [(OptionKey::Sspace, "sspace"), (OptionKey::Msspace, "msspace")] {
        let size: i32 = row.get(column)?;
        if size != 0 {
            options.put(key, OptionValue::Integer(i64::from(size)));
        }
    }
    let letter = row.letter("kind")?;
    for (key, on) in [
        (OptionKey::FinalfuncExtra, row.flag("finalfunc_extra")?),
        (OptionKey::MfinalfuncExtra, row.flag("mfinalfunc_extra")?),
        (OptionKey::Hypothetical, letter == 'h'),
    ] {
        if on {
            options.put(key, OptionValue::Bool(true));
        }
    }
    // Ordered sets change their state unless they say that they do not.
    let usual = if letter == 'n' { 'r' } else { 'w' };
    for (key, column) in
        [(OptionKey::FinalfuncModify, "finalfunc_modify"), (OptionKey::MfinalfuncModify, "mfinalfunc_modify")]
    {
        let modify = row.letter(column)?;
        put(&mut options, key, (modify != usual).then(|| modification(modify).to_owned()));
    }
    put(&mut options, OptionKey::Parallel, parallel(row.letter("parallel")?).map(str::to_owned));
    Ok(options)
}

fn modification(letter: char) -> &'static str {
    match letter {
        's' => "shareable",
        'w' => "read_write",
        _ => "read_only",
    }
}
