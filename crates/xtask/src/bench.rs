//! `cargo xtask bench`: sizes, search, serving, Lighthouse. Ratios within one run; the figures go to docs/benchmarks.md.

mod size;

use anyhow::Result;

use crate::build::{self, Built};

/// Everything.
pub(crate) fn all() -> Result<()> {
    let built = build::all()?;
    size::measure(&built).map(drop)
}

/// Only the sizes, against their budget.
pub(crate) fn size_only() -> Result<()> {
    let built = build::all()?;
    check_budget(&built)
}

/// Fails when the first visit or an index is larger than promised.
pub(crate) fn check_budget(built: &Built) -> Result<()> {
    size::check(&size::measure(built)?)
}
