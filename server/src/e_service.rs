//! E-services as editors write them (`server/content/e-services`, docs/e-service-definitions.md): reading, what is wrong with
//! them, the journey as a drawing, publishing. How one is walked, `durvis_contract::e_service` knows.

pub mod check;
pub mod draw;
pub mod published;
mod tree;

pub use check::{Checked, check};
pub use published::{EServices, publish};

/// The JSON Schema of a definition, out of its Rust types: what docs/e-service.schema.json holds.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(durvis_contract::e_service::Definition);
    serde_json::to_string_pretty(&schema).expect("a schema is always JSON") + "\n"
}
