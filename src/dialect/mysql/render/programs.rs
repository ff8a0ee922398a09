//! Views, triggers, routines, events, sequences, and the database itself.

use std::fmt::Write as _;

use crate::catalog::{
    Database, Event, Kind, Name, Numbering, ObjectId, OptionKey, Options, Routine, ScheduledEvent, Sequence, Timing,
    Trigger, View,
};

use super::super::connect::Flavour;
use super::super::numbering::limits;
use super::super::sql::{closed, quote, quote_list, string};
use super::name;

/// CREATE [OR REPLACE] VIEW.
pub(in super::super) fn view(id: &ObjectId, view: &View, replace: bool) -> String {
    let options = &view.options;
    let mut out = String::from(if replace { "CREATE OR REPLACE" } else { "CREATE" });
    if let Some(algorithm) = options.word(OptionKey::Algorithm) {
        let _ = write!(out, " ALGORITHM = {}", algorithm.to_ascii_uppercase());
    }
    out.push_str(&definer(options));
    if let Some(security) = options.word(OptionKey::Security) {
        let _ = write!(out, " SQL SECURITY {}", security.to_ascii_uppercase());
    }
    let _ = write!(out, " VIEW {}", name(id));
    if !view.column_names.is_empty() {
        let _ = write!(out, " ({})", quote_list(view.column_names.iter().map(Name::as_str)));
    }
    let _ = write!(out, " AS {}", closed(view.query.as_str()));
    if let Some(option) = options.word(OptionKey::CheckOption) {
        let _ = write!(out, " WITH {} CHECK OPTION", option.to_ascii_uppercase());
    }
    out
}

/// CREATE TRIGGER.
pub(in super::super) fn trigger(id: &ObjectId, trigger: &Trigger) -> String {
    let timing = match trigger.timing {
        Timing::Before => "BEFORE",
        Timing::After | Timing::InsteadOf => "AFTER",
    };
    let event = match trigger.events.first() {
        Some(Event::Insert | Event::Truncate) | None => "INSERT",
        Some(Event::Update { .. }) => "UPDATE",
        Some(Event::Delete) => "DELETE",
    };
    let follows = trigger.follows.as_ref().map(|name| format!(" FOLLOWS {}", quote(name.as_str())));
    format!(
        "CREATE{} TRIGGER {} {timing} {event} ON {} FOR EACH ROW{} {}",
        definer(&trigger.options),
        quote(id.name().as_str()),
        id.parent().map(name).unwrap_or_default(),
        follows.unwrap_or_default(),
        trigger.body.as_ref().map_or("", |body| body.as_str())
    )
}

/// CREATE FUNCTION or PROCEDURE.
pub(in super::super) fn routine(id: &ObjectId, routine: &Routine, comment: Option<&str>) -> String {
    let kind = if id.kind() == Kind::Procedure { "PROCEDURE" } else { "FUNCTION" };
    let options = &routine.options;
    let mut out = format!("CREATE{} {kind} {}({})", definer(options), name(id), routine.arguments);
    if let Some(returns) = &routine.returns {
        // As the mode that it is made under has it.
        let word = if has_mode(options, "ORACLE") { "RETURN" } else { "RETURNS" };
        let _ = write!(out, " {word} {returns}");
    }
    if options.is_on(OptionKey::Deterministic) {
        out.push_str("\nDETERMINISTIC");
    }
    out.push_str(&characteristics(options, comment));
    let _ = write!(out, "\n{}", routine.body.as_ref().map_or("", |body| body.as_str()));
    out
}

/// GRANT of what somebody has on a routine, as `mysql.procs_priv` lists it: `Execute,Alter Routine,Grant`.
pub(in super::super) fn grant(id: &ObjectId, (user, host): (&str, &str), privileges: &str) -> Option<String> {
    let has = |word: &str| privileges.split(',').any(|one| one.trim().eq_ignore_ascii_case(word));
    let list: Vec<&str> = ["EXECUTE", "ALTER ROUTINE"].into_iter().filter(|word| has(word)).collect();
    let list = if list.is_empty() { "USAGE".to_owned() } else { list.join(", ") };
    let kind = if id.kind() == Kind::Procedure { "PROCEDURE" } else { "FUNCTION" };
    let option = if has("Grant") { " WITH GRANT OPTION" } else { "" };
    let is_any = list != "USAGE" || has("Grant");
    is_any.then(|| format!("GRANT {list} ON {kind} {} TO {}@{}{option}", name(id), quote(user), quote(host)))
}

/// What of a routine can be altered in place, as it is written.
pub(in super::super) fn characteristics(options: &Options, comment: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(access) = options.word(OptionKey::SqlDataAccess) {
        let _ = write!(out, "\n{}", access.to_ascii_uppercase());
    }
    if let Some(security) = options.word(OptionKey::Security) {
        let _ = write!(out, "\nSQL SECURITY {}", security.to_ascii_uppercase());
    }
    if let Some(comment) = comment {
        let _ = write!(out, "\nCOMMENT {}", string(comment));
    }
    out
}

/// CREATE or ALTER EVENT, all of it.
pub(in super::super) fn event(id: &ObjectId, event: &ScheduledEvent, comment: Option<&str>, verb: &str) -> String {
    let options = &event.options;
    let mut out = format!("{verb}{} EVENT {} ON SCHEDULE {}", definer(options), name(id), event.schedule);
    for (word, value) in [("STARTS", &event.starts), ("ENDS", &event.ends)] {
        if let Some(value) = value {
            let _ = write!(out, " {word} {}", string(value));
        }
    }
    let preserved = options.word(OptionKey::OnCompletion) == Some("preserve");
    out.push_str(match preserved {
        true => "\nON COMPLETION PRESERVE ",
        false if verb == "ALTER" && can_say_not_preserve(options) => "\nON COMPLETION NOT PRESERVE ",
        false => "\n",
    });
    out.push_str(match (options.is_off(OptionKey::Enabled), options.is_on(OptionKey::DisabledOnReplica)) {
        (true, _) => "DISABLE",
        // As every version takes it.
        (false, true) => "DISABLE ON SLAVE",
        (false, false) => "ENABLE",
    });
    if comment.is_some() || verb == "ALTER" {
        let _ = write!(out, "\nCOMMENT {}", string(comment.unwrap_or_default()));
    }
    let _ = write!(out, "\nDO {}", event.body);
    out
}

/// Whether the mode that an event is made under lets the server read NOT PRESERVE.
pub(in super::super) fn can_say_not_preserve(options: &Options) -> bool {
    !has_mode(options, "HIGH_NOT_PRECEDENCE")
}

/// Whether a program says that it is made under this mode.
fn has_mode(options: &Options, mode: &str) -> bool {
    options.word(OptionKey::SqlMode).is_some_and(|modes| modes.split(',').any(|one| one.eq_ignore_ascii_case(mode)))
}

/// CREATE or ALTER SEQUENCE, all of it (MariaDB).
pub(in super::super) fn sequence(id: &ObjectId, sequence: &Sequence, comment: Option<&str>, verb: &str) -> String {
    let Numbering { start, increment, minvalue, maxvalue, cache, cycle } = &sequence.numbering;
    let mut out = format!("{verb} SEQUENCE {}", name(id));
    // What it is anyway no server before MariaDB 11.5 lets be said.
    if let (Some(ty), "CREATE") = (sequence.ty.as_ref().filter(|ty| !ty.as_str().eq_ignore_ascii_case("bigint")), verb)
    {
        let _ = write!(out, " AS {ty}");
    }
    let mut number = |word: &str, value: Option<i64>, none: &str| match value {
        Some(value) => out.extend([" ", word, " ", &value.to_string()]),
        None if verb == "ALTER" && !none.is_empty() => out.extend([" ", none]),
        None => {}
    };
    let descends = increment.is_some_and(|increment| increment < 0);
    let (least, greatest) = limits(sequence);
    let first = if descends { maxvalue.unwrap_or(greatest) } else { minvalue.unwrap_or(least) };
    number("START WITH", *start, &format!("START WITH {first}"));
    // NO MINVALUE would be that of the direction so far (11.8).
    number("MINVALUE", *minvalue, &format!("MINVALUE {least}"));
    number("MAXVALUE", *maxvalue, &format!("MAXVALUE {greatest}"));
    number("INCREMENT BY", *increment, "INCREMENT BY 1");
    number("CACHE", *cache, "CACHE 1000");
    out.push_str(if *cycle { " CYCLE" } else { " NOCYCLE" });
    if let (Some(comment), "CREATE") = (comment, verb) {
        let _ = write!(out, " COMMENT {}", string(comment));
    }
    out
}

/// ALTER DATABASE, of the database at hand.
pub(in super::super) fn database(database: &Database, comment: Option<&str>, flavour: Flavour) -> String {
    let mut out = "ALTER DATABASE".to_owned();
    if let Some(charset) = database.options.word(OptionKey::Charset) {
        let _ = write!(out, " CHARACTER SET {charset}");
    }
    if let Some(collation) = database.options.word(OptionKey::Collation) {
        let _ = write!(out, " COLLATE {collation}");
    }
    if flavour == Flavour::Mariadb {
        let _ = write!(out, " COMMENT {}", string(comment.unwrap_or_default()));
    }
    out
}

/// ` DEFINER = user@host`; the option has it as the server reports it, `root@localhost`.
fn definer(options: &Options) -> String {
    match options.word(OptionKey::Definer) {
        Some(definer) => match definer.rsplit_once('@') {
            Some((user, host)) => format!(" DEFINER = {}@{}", quote(user), quote(host)),
            None => format!(" DEFINER = {}", quote(definer)),
        },
        None => String::new(),
    }
}
