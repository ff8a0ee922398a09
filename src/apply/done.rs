//! How far an apply has come.

/// What of a plan is done for good.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// How many steps.
    pub steps: usize,
    /// How many statements of the step after them, where each commits by itself.
    pub statements: usize,
}

impl Done {
    /// Whether the database is as it was.
    pub const fn is_nothing(self) -> bool {
        self.steps == 0 && self.statements == 0
    }

    /// The same in words; `of` is how many steps the plan has.
    pub fn words(self, of: usize) -> String {
        match (self.steps, self.statements) {
            (0, 0) => "nothing was changed".to_owned(),
            (done, 0) => format!("{done} of {of} steps are done and stay"),
            (done, _) => format!("{done} of {of} steps are done and stay, and a part of the next"),
        }
    }
}
