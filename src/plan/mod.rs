//! The plan: ordered steps, what they risk, and the live catalog they were made for.

mod artifact;

pub use artifact::{
    Action, Change, Difference, FORMAT, Hazard, HazardKind, Note, Plan, Probe, ProbeKind, Refusal, Step, Unknown,
};
