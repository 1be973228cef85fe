//! The catalogue in the EU's vocabulary: CPSV-AP 3.2.0 as JSON-LD, written and read (docs/catalogue-exchange.md).
//!
//! `export` writes. `json` reads bytes with the place of every value, `context` and `graph` make nodes with properties of
//! them, `import` makes our own files of those. Nothing here asks a network or a database.

pub mod export;
pub mod import;

mod context;
mod graph;
mod json;
mod vocabulary;

pub use import::{Invalid, Portal, Read, read};
pub(in crate::catalogue) use vocabulary::EURO;
