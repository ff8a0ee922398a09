//! Operators.

use crate::catalog::{Kind, Name, Object, Operator};
use crate::error::Result;

use super::super::class;
use super::super::reader::Reader;
use super::owned;

const OPERATORS: &str = include_str!("../../queries/operators.sql");

pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(OPERATORS)? {
        let key = (class::OPERATOR, row.oid("oid")?, 0);
        let name = format!("{}({}, {})", row.text("name")?, row.text("left")?, row.text("right")?);
        let Some(id) = reader.in_schema(Kind::Operator, row.oid("namespace")?, Name::exact(name)) else { continue };
        if reader.is_member(key.0, key.1) {
            continue;
        }
        let operator = Operator {
            function: row.expression("function")?.unwrap_or_default(),
            commutator: row.expression("commutator")?,
            negator: row.expression("negator")?,
            restrict: row.expression("restrict")?,
            join: row.expression("join")?,
            hashes: row.flag("hashes")?,
            merges: row.flag("merges")?,
        };
        let entry = owned(Object::Operator(operator), reader.role(row.oid("owner")?));
        reader.insert(key, id, entry);
    }
    Ok(())
}
