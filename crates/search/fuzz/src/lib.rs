//! What the targets share with the property tests: made catalogues, and the checksum that a forger can make too.

#[path = "../../tests/properties/made.rs"]
pub mod made;
