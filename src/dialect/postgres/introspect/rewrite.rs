//! Rewrite rules.

use crate::catalog::{Enabled, Entry, Kind, Object, Rule, Sql};
use crate::error::Result;

use super::reader::Reader;
use super::relations::owner_of;
use super::{class, text};

const RULES: &str = include_str!("../queries/rules.sql");

/// Reads the rules.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<()> {
    for row in reader.run(RULES)? {
        let key = (class::REWRITE, row.oid("oid")?, 0);
        let Some(relation) = owner_of(reader, &row)? else { continue };
        if row.flag("makes_view")? {
            reader.hide(key, relation);
            continue;
        }
        let event = match row.letter("event")? {
            '1' => "select",
            '2' => "update",
            '3' => "insert",
            _ => "delete",
        };
        let (predicate, action) = parts(&row.text("definition")?);
        let rule = Rule {
            event: event.to_owned(),
            predicate,
            instead: row.flag("is_instead")?,
            action,
            enabled: enabled(row.letter("enabled")?),
        };
        let id = relation.child(Kind::Rule, row.name("name")?);
        reader.insert(key, id, Entry::new(Object::Rule(rule), 0));
    }
    Ok(())
}

/// When a trigger or a rule fires.
pub(in crate::dialect::postgres) fn enabled(letter: char) -> Enabled {
    match letter {
        'D' => Enabled::Disabled,
        'R' => Enabled::Replica,
        'A' => Enabled::Always,
        _ => Enabled::Origin,
    }
}

/// The condition and the action of `CREATE RULE r AS ON INSERT TO t WHERE ... DO INSTEAD ...;`.
fn parts(definition: &str) -> (Option<Sql>, Sql) {
    let definition = definition.trim().trim_end_matches(';');
    let on = text::find_word(definition, "TO", 0).unwrap_or_default();
    let Some(at) = text::find_word(definition, "DO", on) else { return (None, text::query(definition)) };
    let (head, action) = definition.split_at(at);
    let condition = text::find_word(head, "WHERE", on).and_then(|at| head.get(at + "WHERE".len()..));
    let action = action.trim_start_matches("DO").trim_start();
    let action = action.strip_prefix("INSTEAD").unwrap_or(action).trim();
    let action = if action == "NOTHING" { "nothing" } else { action };
    (condition.map(text::expression), text::query(action))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_rule_is_taken_apart() {
        let sql =
            "CREATE RULE \"DO it\" AS\n    ON INSERT TO public.\"a TO b\"\n   WHERE (new.a > 0) DO INSTEAD NOTHING;";
        let (condition, action) = parts(sql);
        assert_eq!(condition.map(|sql| sql.to_string()).as_deref(), Some("new.a > 0"));
        assert_eq!(action.as_str(), "nothing");
        let sql = "CREATE RULE r AS\n    ON UPDATE TO public.t DO  INSERT INTO public.log (a)\n  VALUES (new.a);";
        let (condition, action) = parts(sql);
        assert_eq!((condition, action.as_str()), (None, "INSERT INTO public.log (a)\n  VALUES (new.a)"));
    }
}
