//! The pure heart of an e-service: what a definition may say, what an answer may be, and where that leads.
//!
//! The same code runs in the browser, on the server and over the example answers when a definition is loaded. Nothing
//! here reads a clock, a network or a store: the caller brings the definition, the answers and today's date.

pub mod day;
pub mod pattern;
pub mod personal_code;
pub mod raw;
pub mod reference;

pub use day::{Bound, Day};
pub use pattern::Pattern;
pub use raw::Raw;
pub use reference::Reference;
