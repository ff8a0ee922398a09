//! Triggers, rules, policies, statistics.

use std::fmt::Write as _;

use crate::catalog::{Catalog, Command, Enabled, Event, ForEach, ObjectId, Policy, Rule, Statistics, Trigger};

use super::super::sql::{name, names, parenthesised, qualified, quote, role};
use super::address::{address, relation};
use super::constraint::deferrable;
use super::index::part;

/// `CREATE TRIGGER t BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION f()`.
pub(in crate::dialect::postgres) fn trigger(id: &ObjectId, trigger: &Trigger, replace: bool) -> String {
    let or_replace = if replace && !trigger.constraint { "OR REPLACE " } else { "" };
    let constraint = if trigger.constraint { "CONSTRAINT " } else { "" };
    let events: Vec<String> = trigger
        .events
        .iter()
        .map(|event| match event {
            Event::Insert => "INSERT".to_owned(),
            Event::Delete => "DELETE".to_owned(),
            Event::Truncate => "TRUNCATE".to_owned(),
            Event::Update { of } if of.is_empty() => "UPDATE".to_owned(),
            Event::Update { of } => format!("UPDATE OF {}", names(of)),
        })
        .collect();
    let timing = trigger.timing.words().to_ascii_uppercase();
    let mut sql = format!(
        "CREATE {or_replace}{constraint}TRIGGER {} {timing} {} ON {}",
        name(id),
        events.join(" OR "),
        relation(id)
    );
    if let Some(from) = &trigger.from {
        let _ = write!(sql, " FROM {}", qualified(from));
    }
    sql.push_str(deferrable(trigger.deferrable));
    let transition = |word: &str, table: &Option<crate::catalog::Name>| {
        table.as_ref().map(|table| format!(" {word} TABLE AS {}", quote(table.as_str())))
    };
    let tables: String =
        transition("OLD", &trigger.old_table).into_iter().chain(transition("NEW", &trigger.new_table)).collect();
    if !tables.is_empty() {
        let _ = write!(sql, " REFERENCING{tables}");
    }
    let each = trigger.for_each.unwrap_or(if trigger.constraint { ForEach::Row } else { ForEach::Statement });
    let _ = write!(sql, " FOR EACH {}", each.word().to_ascii_uppercase());
    if let Some(when) = &trigger.when {
        let _ = write!(sql, " WHEN {}", parenthesised(when.as_str()));
    }
    let execute = trigger.execute.as_ref().map_or("", |sql| sql.as_str());
    let _ = write!(sql, " EXECUTE FUNCTION {execute}");
    sql
}

/// `ENABLE ALWAYS TRIGGER t`: when a trigger or a rule fires at all.
pub(in crate::dialect::postgres) fn enabled(enabled: Enabled) -> &'static str {
    match enabled {
        Enabled::Origin => "ENABLE",
        Enabled::Disabled => "DISABLE",
        Enabled::Replica => "ENABLE REPLICA",
        Enabled::Always => "ENABLE ALWAYS",
    }
}

/// `CREATE OR REPLACE RULE r AS ON INSERT TO public.t DO INSTEAD NOTHING`.
pub(in crate::dialect::postgres) fn rule(id: &ObjectId, rule: &Rule) -> String {
    let event = match rule.event.to_ascii_lowercase().as_str() {
        "select" => "SELECT",
        "update" => "UPDATE",
        "delete" => "DELETE",
        _ => "INSERT",
    };
    let rows = rule.predicate.as_ref();
    let rows = rows.map_or(String::new(), |sql| format!(" WHERE {}", parenthesised(sql.as_str())));
    let instead = if rule.instead { "INSTEAD" } else { "ALSO" };
    let action = rule.action.as_str().trim().trim_end_matches(';');
    let action = if action.eq_ignore_ascii_case("nothing") {
        "NOTHING".to_owned()
    } else if action.contains(';') && !action.starts_with('(') {
        parenthesised(action)
    } else {
        action.to_owned()
    };
    format!("CREATE OR REPLACE RULE {} AS ON {event} TO {}{rows} DO {instead} {action}", name(id), relation(id))
}

/// `CREATE POLICY p ON public.t FOR SELECT TO app USING (true)`.
pub(in crate::dialect::postgres) fn policy(id: &ObjectId, policy: &Policy) -> String {
    let mut sql = format!("CREATE POLICY {} ON {}", name(id), relation(id));
    if policy.restrictive {
        sql.push_str(" AS RESTRICTIVE");
    }
    if policy.command != Command::All {
        let _ = write!(sql, " FOR {}", policy.command.word().to_ascii_uppercase());
    }
    if !policy.roles.is_empty() {
        let _ = write!(sql, " TO {}", policy_roles(policy));
    }
    if let Some(using) = &policy.using {
        let _ = write!(sql, " USING {}", parenthesised(using.as_str()));
    }
    if let Some(check) = &policy.with_check {
        let _ = write!(sql, " WITH CHECK {}", parenthesised(check.as_str()));
    }
    sql
}

/// The roles of a policy; none named: all.
pub(in crate::dialect::postgres) fn policy_roles(policy: &Policy) -> String {
    if policy.roles.is_empty() {
        return "PUBLIC".to_owned();
    }
    policy.roles.iter().map(|name| role(name)).collect::<Vec<_>>().join(", ")
}

/// `CREATE STATISTICS public.s (mcv) ON a, b FROM public.t`.
pub(in crate::dialect::postgres) fn statistics(catalog: &Catalog, id: &ObjectId, statistics: &Statistics) -> String {
    let kinds = if statistics.kinds.is_empty() {
        String::new()
    } else {
        format!(" ({})", statistics.kinds.iter().map(|kind| quote(kind)).collect::<Vec<_>>().join(", "))
    };
    let parts: Vec<String> = statistics.columns.iter().map(part).collect();
    format!("CREATE {}{kinds} ON {} FROM {}", address(catalog, id), parts.join(", "), relation(id))
}
