//! The plan: ordered steps, what they risk, and the live catalog they were made for.

mod artifact;
mod draft;
mod fault;
mod fills;
mod graph;
mod joined;
mod leave;
mod left_out;
mod make;
mod paired;
mod rules;

pub use crate::diff::{Difference, Note};
pub use artifact::{
    Action, Change, FORMAT, Hazard, HazardKind, Needed, Plan, Probe, ProbeKind, Refusal, Run, Step, Transaction,
    Unknown, grouped,
};
pub use draft::{Draft, Resource};
pub use fault::written;
pub use leave::{Leave, check, without_losses};
#[cfg(test)]
pub(crate) use make::steps_of;
pub use make::{PlanOptions, make, make_from};
pub(crate) use make::{ask_rows, follow_up, of_catalogs};
pub use rules::{Context, Rules, Way};
