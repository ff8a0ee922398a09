//! Triggers, functions, procedures and events: what has a body.

use std::collections::BTreeMap;

use crate::catalog::{
    Event, Kind, Object, ObjectId, OptionKey, OptionValue, Options, Routine, ScheduledEvent, Timing, Trigger,
};
use crate::dialect::Dialect as _;
use crate::error::{Error, Result};

use super::super::query::Texts;
use super::super::{parse, render, routines, sql};
use super::relations::shown;
use super::{Reader, made_by, word};

const TRIGGERS: &str = include_str!("../queries/triggers.sql");
const ROUTINES: &str = include_str!("../queries/routines.sql");
const ROUTINE_GRANTS: &str = include_str!("../queries/routine_grants.sql");
const EVENTS: &str = include_str!("../queries/events.sql");

/// A value of a row; NULL and absent are empty.
fn text(row: &Texts, at: usize) -> &str {
    row.get(at).and_then(Option::as_deref).unwrap_or_default()
}

/// The four columns from `at` on.
fn origin(row: &Texts, at: usize) -> [(OptionKey, Option<&str>); 4] {
    let value = |at: usize| row.get(at).and_then(Option::as_deref);
    [
        (OptionKey::Definer, value(at)),
        (OptionKey::SqlMode, value(at + 1)),
        (OptionKey::CharacterSetClient, value(at + 2)),
        (OptionKey::CollationConnection, value(at + 3)),
    ]
}

impl Reader<'_> {
    /// Rows with bodies as they were written. `information_schema` has them with their strings read already (`'it''s'` stands
    /// there as `'it's'`, `'\\d'` as `'\d'`), and MySQL's doubles a part of a name that has a backtick; SHOW CREATE has them
    /// right. `body` is where the body stands in a row, `at` where the statement does in what is shown.
    fn with_bodies(
        &mut self,
        sql: &str,
        body: usize,
        word: impl Fn(&Texts) -> String,
        at: usize,
    ) -> Result<Vec<Texts>> {
        let mut rows = self.link.rows(sql)?;
        let wrong = |row: &Texts| text(row, body).contains(['`', '\'', '"', '\\']);
        let statements: Vec<String> = rows
            .iter()
            .filter(|row| wrong(row))
            .map(|row| format!("SHOW CREATE {} {}", word(row), sql::quote(text(row, 0))))
            .collect();
        if statements.is_empty() {
            return Ok(rows);
        }
        let mut answers = self.link.batch(&statements)?.into_iter();
        for row in rows.iter_mut().filter(|row| wrong(row)) {
            let written = answers.next().and_then(|answer| shown(answer, at).ok()).and_then(|sql| parse::body(&sql));
            if let (Some(written), Some(value)) = (written, row.get_mut(body)) {
                *value = Some(written);
            }
        }
        Ok(rows)
    }

    pub(super) fn triggers(&mut self) -> Result<()> {
        let mut before: Option<[String; 4]> = None;
        for row in self.with_bodies(TRIGGERS, 4, |_| "TRIGGER".to_owned(), 2)? {
            let place = [text(&row, 1), text(&row, 2), text(&row, 3), text(&row, 0)].map(str::to_owned);
            let mut options = Options::default();
            made_by(&mut options, origin(&row, 5));
            let id = self.dialect.top(Kind::Table, text(&row, 1));
            let id = id.child(Kind::Trigger, self.dialect.called(Kind::Trigger, text(&row, 0)));
            if row.get(4).is_none_or(Option::is_none) {
                self.live.not_understood.insert(id, "the server does not show its body to this user".to_owned());
                continue;
            }
            let follows = before
                .filter(|before| before.get(..3) == place.get(..3))
                .and_then(|[.., name]| Some(name).filter(|name| !name.is_empty()));
            let trigger = Trigger {
                timing: if text(&row, 2) == "BEFORE" { Timing::Before } else { Timing::After },
                events: vec![match text(&row, 3) {
                    "INSERT" => Event::Insert,
                    "DELETE" => Event::Delete,
                    _ => Event::Update { of: Vec::new() },
                }],
                body: Some(self.dialect.body(text(&row, 4))),
                follows: follows.map(|name| self.dialect.called(Kind::Trigger, name)),
                options,
                ..Trigger::default()
            };
            before = Some(place);
            self.insert(id, Object::Trigger(trigger), None);
        }
        Ok(())
    }

    pub(super) fn routines(&mut self) -> Result<()> {
        let mut found = self.with_bodies(ROUTINES, 2, |row| text(row, 1).to_owned(), 2)?;
        found.retain(|row| {
            let known = matches!(text(row, 1), "FUNCTION" | "PROCEDURE") && text(row, 12) == "SQL";
            if !known {
                self.live.unmanaged.push(format!("{}, a {}", text(row, 0), text(row, 1).to_lowercase()));
            }
            known
        });
        let statements: Vec<String> =
            found.iter().map(|row| format!("SHOW CREATE {} {}", text(row, 1), sql::quote(text(row, 0)))).collect();
        let answers = self.link.batch(&statements)?;
        for (row, answer) in found.iter().zip(answers) {
            self.routine(row, shown(answer, 2));
        }
        // MariaDB puts one routine in the place of another, with what is granted on it.
        if self.dialect.is_mariadb() || found.is_empty() {
            return Ok(());
        }
        self.live.granted_again = match self.link.rows(ROUTINE_GRANTS) {
            Ok(rows) => Some(self.granted_again(&rows)),
            Err(Error::Statement { .. }) => None,
            Err(error) => return Err(error),
        };
        Ok(())
    }

    fn granted_again(&self, rows: &[Texts]) -> BTreeMap<ObjectId, Vec<String>> {
        let mut all: BTreeMap<ObjectId, Vec<String>> = BTreeMap::new();
        for row in rows {
            let kind = if text(row, 1) == "FUNCTION" { Kind::Function } else { Kind::Procedure };
            let id = self.dialect.top(kind, text(row, 0));
            let grant = render::grant(&id, (text(row, 2), text(row, 3)), text(row, 4));
            all.entry(id).or_default().extend(grant);
        }
        all
    }

    fn routine(&mut self, row: &Texts, read: Result<String, String>) {
        let kind = if text(row, 1) == "FUNCTION" { Kind::Function } else { Kind::Procedure };
        let id = self.dialect.top(kind, text(row, 0));
        let read = read.and_then(|text| parse::create_routine(&text).map_err(|error| error.to_string()));
        let read = match read {
            Ok(read) if read.aggregate => {
                self.live.unmanaged.push(format!("{}, an aggregate function", text(row, 0)));
                return;
            }
            Ok(read) => read,
            Err(reason) => {
                self.live.not_understood.insert(id, reason);
                return;
            }
        };
        let mut options = Options::default();
        if text(row, 3) == "YES" {
            options.put(OptionKey::Deterministic, OptionValue::Bool(true));
        }
        word(&mut options, self.dialect, kind, OptionKey::SqlDataAccess, text(row, 4));
        word(&mut options, self.dialect, kind, OptionKey::Security, text(row, 5));
        made_by(&mut options, origin(row, 7));
        let returns = read.returns.map(|returns| {
            let own = routines::without_default_charset(&returns, &self.defaults.collation);
            self.dialect.expression(&own)
        });
        let routine = Routine {
            arguments: self.dialect.expression(&read.arguments),
            returns,
            body: Some(self.dialect.body(text(row, 2))),
            options,
            ..Routine::default()
        };
        let object = if kind == Kind::Function { Object::Function(routine) } else { Object::Procedure(routine) };
        self.insert(id, object, Some(text(row, 6).to_owned()));
    }

    pub(super) fn events(&mut self) -> Result<()> {
        for row in self.with_bodies(EVENTS, 9, |_| "EVENT".to_owned(), 3)? {
            let id = self.dialect.top(Kind::Event, text(&row, 0));
            let mut options = Options::default();
            word(&mut options, self.dialect, Kind::Event, OptionKey::OnCompletion, text(&row, 8));
            match text(&row, 7) {
                "ENABLED" => {}
                "SLAVESIDE_DISABLED" | "REPLICA_SIDE_DISABLED" => {
                    options.put(OptionKey::DisabledOnReplica, OptionValue::Bool(true));
                }
                _ => options.put(OptionKey::Enabled, OptionValue::Bool(false)),
            }
            made_by(&mut options, origin(&row, 11));
            options.put(OptionKey::TimeZone, OptionValue::Text(text(&row, 15).to_owned()));
            let schedule = if text(&row, 1) == "ONE TIME" {
                format!("at {}", sql::string(text(&row, 2)))
            } else {
                let value = text(&row, 3);
                let plain = value.bytes().all(|b| b.is_ascii_digit());
                let value = if plain { value.to_owned() } else { sql::string(value.trim_matches('\'')) };
                format!("every {value} {}", text(&row, 4).to_lowercase())
            };
            let moment = |at: usize| row.get(at).cloned().flatten();
            let event = ScheduledEvent {
                schedule: self.dialect.expression(&schedule),
                starts: moment(5),
                ends: moment(6),
                body: self.dialect.body(text(&row, 9)),
                options,
            };
            self.insert(id, Object::Event(event), Some(text(&row, 10).to_owned()));
        }
        Ok(())
    }
}
