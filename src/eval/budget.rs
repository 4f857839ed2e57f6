//! The bounds of an evaluation: steps, depth, sizes. Time is no bound here; a watchdog outside ends a run.

use super::Vm;
use crate::value::{Eval, release};

/// How far an evaluation may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Statements, expressions and items, all counted alike.
    pub steps: u64,
    /// Calls inside calls.
    pub depth: usize,
    /// Items of one collection, and characters of one text.
    pub size: usize,
    /// Bits of one whole number.
    pub bits: u64,
    /// What a file may make for the model: for Airflow tasks, task groups and DAGs, counted together.
    pub objects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 20_000_000, depth: 400, size: 10_000_000, bits: 100_000, objects: 20_000 }
    }
}

/// What is left of the bounds.
#[derive(Debug, Clone)]
pub struct Budget {
    limits: Limits,
    steps: u64,
    /// Calls that have begun and not ended.
    pub depth: usize,
}

impl Budget {
    /// A fresh budget.
    pub fn new(limits: Limits) -> Self {
        Self { limits, steps: 0, depth: 0 }
    }

    /// The bounds themselves.
    pub fn limits(&self) -> Limits {
        self.limits
    }
}

impl Vm {
    /// Counts `steps` of work; natives that walk long inputs count them here.
    pub fn spend(&mut self, steps: usize) -> Eval<()> {
        release::now();
        self.budget.steps += steps as u64;
        if self.budget.steps > self.budget.limits.steps {
            return self.limit(format!("the evaluation takes more than {} steps", self.budget.limits.steps));
        }
        Ok(())
    }

    /// Checks the size of a text (characters) or collection (items) before it is made, and counts it as work.
    pub fn check_size(&mut self, size: usize) -> Eval<()> {
        if size > self.budget.limits.size {
            return self.limit(format!(
                "a value of {size} items or characters is larger than the limit of {}",
                self.budget.limits.size
            ));
        }
        self.spend(size / 16)
    }
}
