//! E-services as editors write them (`server/content/e-services`, docs/e-service-definitions.md): reading, what is wrong with
//! them, and the journey as a drawing. How one is walked, `durvis_contract::e_service` knows.

pub mod check;
pub mod draw;
mod tree;

pub use check::{Checked, check};
