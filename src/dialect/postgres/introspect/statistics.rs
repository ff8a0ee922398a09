//! Statistics over several columns.

use crate::catalog::{Entry, Kind, Name, Object, OptionKey, Part, PartOf, Statistics};
use crate::error::Result;

use super::super::options::set_integer;
use super::reader::Reader;
use super::relations::owner_of;
use super::{class, text};

const STATISTICS: &str = include_str!("../queries/statistics.sql");

/// Reads the statistics objects.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(STATISTICS)? {
        let oid = row.oid("oid")?;
        let Some(table) = owner_of(reader, &row)?.filter(|_| !reader.is_member(class::STATISTIC_EXT, oid)) else {
            continue;
        };
        let (namespace, own) = (row.oid("namespace")?, row.oid("table_namespace")?);
        let elsewhere = (namespace != own).then(|| reader.schema(namespace).flatten());
        let kinds: Vec<String> = row
            .texts("kinds")?
            .iter()
            .filter_map(|kind| match kind.as_str() {
                "d" => Some("ndistinct".to_owned()),
                "f" => Some("dependencies".to_owned()),
                "m" => Some("mcv".to_owned()),
                _ => None,
            })
            .collect();
        let columns = row.texts("columns")?.into_iter().map(|name| Part::column(Name::exact(name)));
        let expressions =
            row.texts("expressions")?.into_iter().map(|sql| Part::of(PartOf::Sql(text::expression(&sql))));
        let mut statistics = Statistics {
            // The default schema has no name in ids; here it must be said.
            in_schema: elsewhere.map(|schema| schema.unwrap_or_else(|| Name::exact("public"))),
            // All of them is what is made where none is named.
            kinds: if kinds.len() == 3 { Vec::new() } else { kinds },
            columns: columns.chain(expressions).collect(),
            ..Statistics::default()
        };
        let target: Option<i32> = row.get("statistics_target")?;
        let options = &mut statistics.options;
        set_integer(options, Kind::Statistics, OptionKey::StatisticsTarget, target.map(i64::from));
        let id = table.child(Kind::Statistics, row.name("name")?);
        reader.insert((class::STATISTIC_EXT, oid, 0), id, Entry::new(Object::Statistics(statistics), 0));
    }
    Ok(())
}
