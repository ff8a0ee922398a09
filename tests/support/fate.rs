//! What becomes of a value under another type, and what a plan says of it.

use Fate::{Kept, Lost, Refused};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Kept,
    Lost,
    Refused,
}

/// What the plan says of a table.
pub(crate) fn said(report: &serde_json::Value, table: &str) -> (Fate, String) {
    let steps = report["steps"].as_array().unwrap();
    let hazards = steps.iter().flat_map(|step| step["hazards"].as_array().unwrap());
    let of = |hazard: &&serde_json::Value| hazard["address"].as_str().unwrap().starts_with(&format!("table.{table}."));
    let found: Vec<_> = hazards.filter(of).collect();
    let has = |kind: &str| found.iter().any(|hazard| hazard["kind"] == kind);
    let fate = match (has("fails"), has("data_loss")) {
        (true, _) => Refused,
        (false, true) => Lost,
        (false, false) => Kept,
    };
    (fate, found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}
