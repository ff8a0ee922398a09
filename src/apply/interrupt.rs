//! Stopping an apply from another thread.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Error, Result};
use crate::plan::Plan;

use super::Done;

/// The wish that an apply stops, as Ctrl-C makes it. Clones are one and the same wish.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<Shared>);

#[derive(Default)]
struct Shared {
    requested: AtomicBool,
    cancel: Mutex<Option<Box<dyn Fn() + Send>>>,
}

impl Interrupt {
    /// Has the database cancel the statement that runs, and lets no other begin.
    pub fn request(&self) {
        self.0.requested.store(true, Ordering::SeqCst);
        if let Some(cancel) = &*self.0.cancel.lock().unwrap_or_else(PoisonError::into_inner) {
            cancel();
        }
    }

    /// Whether an apply is to stop.
    pub fn is_requested(&self) -> bool {
        self.0.requested.load(Ordering::SeqCst)
    }

    /// How the statement that runs is cancelled, from any thread.
    pub(crate) fn arm(&self, cancel: impl Fn() + Send + 'static) {
        *self.0.cancel.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(cancel));
    }

    /// Lets nothing more of a plan begin once it is to stop.
    pub(crate) fn check(&self, done: Done, plan: &Plan) -> Result<()> {
        if self.is_requested() { Err(Error::Interrupted(done.words(plan.steps.len()))) } else { Ok(()) }
    }

    /// What an error means: that a statement was cancelled is no fault once it was wished for.
    pub(crate) fn explain(&self, error: Error, done: Done, plan: &Plan) -> Error {
        match error {
            Error::Interrupted(_) => error,
            _ if self.is_requested() => Error::Interrupted(done.words(plan.steps.len())),
            _ => error,
        }
    }
}

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Interrupt").field(&self.is_requested()).finish()
    }
}
