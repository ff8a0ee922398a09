//! Telling what happens while a plan runs.

use crate::plan::Step;

/// Told what happens while a plan runs.
pub trait Progress {
    /// A step begins; `index` counts from 0.
    fn step(&mut self, index: usize, of: usize, step: &Step);
    /// Something else takes time: `taking the write lock of sqlite:shop.db`.
    fn doing(&mut self, what: &str);
}

/// Tells nobody.
#[derive(Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&mut self, _: usize, _: usize, _: &Step) {}
    fn doing(&mut self, _: &str) {}
}
