//! A plan for programs. The form is documented in docs/cli.md and only ever gains keys within a version.

use serde::Serialize;

use crate::catalog::ObjectId;
use crate::database::Target;
use crate::plan::{self, Difference, HazardKind, Plan};

use super::outline::Counts;

/// The version of all JSON that is printed; it changes when a key goes or changes its meaning.
pub const VERSION: u32 = 1;

/// A plan as it is printed. Catalogs are not in it: the plan file has them.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// The version of this form.
    pub version: u32,
    /// The version of trueup.
    pub trueup: &'a str,
    /// The database.
    pub database: &'a Target,
    /// The fingerprint of the live catalog.
    pub fingerprint: String,
    /// Whether the database is exactly as described.
    pub clean: bool,
    /// How much changes.
    pub summary: Counts,
    /// What changes.
    pub changes: Vec<Change<'a>>,
    /// What is run, in order.
    pub steps: Vec<Step<'a>>,
    /// What trueup.toml protects and the plan would drop or make again, by address.
    pub protected: Vec<String>,
    /// What cannot be made true.
    pub refused: Vec<Refused<'a>>,
    /// What could not be compared.
    pub not_compared: Vec<Unknown<'a>>,
    /// What is not in the TOML and stays, since something that is left out needs it.
    pub left_as_is: Vec<Needed>,
    /// What is in the database and not managed.
    pub not_managed: &'a [String],
    /// What a person should know.
    pub notes: Vec<Note<'a>>,
}

/// What happens to an object.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It is made.
    Create,
    /// It is changed where it stands.
    Alter,
    /// It gets another name.
    Rename,
    /// It is dropped and made again.
    Recreate,
    /// It is dropped.
    Drop,
}

/// One object that changes.
#[derive(Debug, Serialize)]
pub struct Change<'a> {
    address: String,
    kind: &'static str,
    action: Action,
    renamed_from: Option<String>,
    because: Option<&'a str>,
    summary: &'a str,
    differences: &'a [Difference],
    rebuild: bool,
}

/// Statements that are run together.
#[derive(Debug, Serialize)]
pub struct Step<'a> {
    address: String,
    summary: &'a str,
    statements: &'a [String],
    hazards: Vec<Hazard<'a>>,
}

/// What a step risks.
#[derive(Debug, Serialize)]
pub struct Hazard<'a> {
    kind: HazardKind,
    address: String,
    message: &'a str,
    needs_leave: bool,
}

/// What cannot be made true.
#[derive(Debug, Serialize)]
pub struct Refused<'a> {
    address: String,
    reason: &'a str,
    advice: &'a str,
}

/// What could not be compared.
#[derive(Debug, Serialize)]
pub struct Unknown<'a> {
    address: String,
    reason: &'a str,
}

/// What stays, and what needs it.
#[derive(Debug, Serialize)]
pub struct Needed {
    address: String,
    needed_by: String,
}

/// What a person should know.
#[derive(Debug, Serialize)]
pub struct Note<'a> {
    address: String,
    message: &'a str,
}

impl<'a> Report<'a> {
    /// The report of a plan.
    pub fn new(plan: &'a Plan) -> Self {
        let address = ObjectId::address;
        Self {
            version: VERSION,
            trueup: &plan.trueup,
            database: &plan.target,
            fingerprint: plan.fingerprint.to_string(),
            clean: plan.is_clean(),
            summary: Counts::of(plan),
            changes: plan.changes.iter().map(Change::new).collect(),
            steps: plan.steps.iter().map(Step::new).collect(),
            protected: plan.protected.iter().map(address).collect(),
            refused: plan
                .refusals
                .iter()
                .map(|item| Refused { address: address(&item.id), reason: &item.reason, advice: &item.advice })
                .collect(),
            not_compared: plan
                .unknown
                .iter()
                .map(|item| Unknown { address: address(&item.id), reason: &item.reason })
                .collect(),
            left_as_is: plan
                .needed
                .iter()
                .map(|item| Needed { address: address(&item.id), needed_by: address(&item.by) })
                .collect(),
            not_managed: &plan.unmanaged,
            notes: plan.notes.iter().map(|note| Note { address: address(&note.id), message: &note.message }).collect(),
        }
    }
}

impl<'a> Change<'a> {
    fn new(change: &'a plan::Change) -> Self {
        let (action, renamed_from, because) = match &change.action {
            plan::Action::Create => (Action::Create, None, None),
            plan::Action::Alter => (Action::Alter, None, None),
            plan::Action::Rename { from } => (Action::Rename, Some(from.address()), None),
            plan::Action::Recreate { because } => (Action::Recreate, None, because.as_deref()),
            plan::Action::Drop => (Action::Drop, None, None),
        };
        Self {
            address: change.id.address(),
            kind: change.id.kind().word(),
            action,
            renamed_from,
            because,
            summary: &change.summary,
            differences: &change.differences,
            rebuild: change.rebuild,
        }
    }
}

impl<'a> Step<'a> {
    fn new(step: &'a plan::Step) -> Self {
        let hazard = |hazard: &'a plan::Hazard| Hazard {
            kind: hazard.kind,
            address: hazard.id.address(),
            message: &hazard.message,
            needs_leave: hazard.kind == HazardKind::DataLoss,
        };
        Self {
            address: step.id.address(),
            summary: &step.summary,
            statements: &step.sql,
            hazards: step.hazards.iter().map(hazard).collect(),
        }
    }
}

/// Any value as JSON for people and programs: indented, with a newline at its end.
pub fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_documented_form() {
        let mut plan = sample::shop();
        plan.changes.retain(|change| change.id.root() != &sample::table("refund"));
        plan.changes.drain(5..);
        plan.steps.drain(..2);
        insta::assert_snapshot!(pretty(&Report::new(&plan)).unwrap(), @r#"
        {
          "version": 1,
          "trueup": "0.1.0",
          "database": {
            "dialect": "sqlite",
            "url": "sqlite:shop.db",
            "location": "sqlite:/srv/shop.db",
            "server": "SQLite 3.50.0"
          },
          "fingerprint": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "clean": false,
          "summary": {
            "add": 1,
            "change": 3,
            "recreate": 0,
            "drop": 1
          },
          "changes": [
            {
              "address": "table.coupon_2019",
              "kind": "table",
              "action": "drop",
              "renamed_from": null,
              "because": null,
              "summary": "loses 1,204 rows",
              "differences": [],
              "rebuild": false
            },
            {
              "address": "table.coupon_2019.column.code",
              "kind": "column",
              "action": "drop",
              "renamed_from": null,
              "because": null,
              "summary": "text",
              "differences": [],
              "rebuild": false
            },
            {
              "address": "table.order.column.note",
              "kind": "column",
              "action": "create",
              "renamed_from": null,
              "because": null,
              "summary": "text, null",
              "differences": [],
              "rebuild": false
            },
            {
              "address": "table.order.column.total",
              "kind": "column",
              "action": "alter",
              "renamed_from": null,
              "because": null,
              "summary": "",
              "differences": [
                {
                  "attribute": "type",
                  "from": "numeric(10,2)",
                  "to": "numeric(12,2)"
                }
              ],
              "rebuild": true
            },
            {
              "address": "table.order.column.status",
              "kind": "column",
              "action": "rename",
              "renamed_from": "table.order.column.state",
              "because": null,
              "summary": "",
              "differences": [
                {
                  "attribute": "default",
                  "from": null,
                  "to": "'new'"
                }
              ],
              "rebuild": false
            }
          ],
          "steps": [
            {
              "address": "table.coupon_2019",
              "summary": "drop table.coupon_2019",
              "statements": [
                "DROP TABLE coupon_2019"
              ],
              "hazards": [
                {
                  "kind": "data_loss",
                  "address": "table.coupon_2019",
                  "message": "loses data: the table has 1,204 rows",
                  "needs_leave": true
                }
              ]
            }
          ],
          "protected": [],
          "refused": [],
          "not_compared": [],
          "left_as_is": [],
          "not_managed": [
            "2 operators"
          ],
          "notes": []
        }
        "#);
    }

    #[test]
    fn what_is_refused_and_not_compared() {
        insta::assert_snapshot!(pretty(&Report::new(&sample::troubled())).unwrap(), @r#"
        {
          "version": 1,
          "trueup": "0.1.0",
          "database": {
            "dialect": "sqlite",
            "url": "sqlite:shop.db",
            "location": "sqlite:/srv/shop.db",
            "server": "SQLite 3.50.0"
          },
          "fingerprint": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "clean": false,
          "summary": {
            "add": 0,
            "change": 0,
            "recreate": 0,
            "drop": 0
          },
          "changes": [],
          "steps": [],
          "protected": [],
          "refused": [
            {
              "address": "table.order.column.total",
              "reason": "3 rows have text in it, which does not fit integer, for example 'n/a'",
              "advice": "write using = \"...\" in table.order.column.total, or mend the rows"
            }
          ],
          "not_compared": [
            {
              "address": "view.geo",
              "reason": "no such function: st_area"
            }
          ],
          "left_as_is": [],
          "not_managed": [],
          "notes": [
            {
              "address": "table.client",
              "message": "looks like table.customer under another name: write renamed_from = \"customer\" to keep its rows"
            }
          ]
        }
        "#);
    }
}
