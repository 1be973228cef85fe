//! The pure heart of an e-service: what a definition may say, what an answer may be, and where that leads.
//!
//! The same code runs in the browser, on the server and over the example answers when a definition is loaded. Nothing
//! here reads a clock, a network or a store: the caller brings the definition, the answers and today's date.

pub mod answers;
pub mod bound;
pub mod check;
pub mod condition;
pub mod country;
pub mod definition;
pub mod field;
pub mod iban;
pub mod mistakes;
pub mod pattern;
pub mod personal_code;
pub mod raw;
pub mod reference;
#[cfg(feature = "schema")]
mod schema;
mod scope;
pub mod state;
pub mod texts;
pub mod walk;

pub use crate::day::Day;
pub use answers::{Address, Answers, FileReference, Refusal, Refused, Row, Value};
pub use bound::Bound;
pub use check::{Fault, ME};
pub use condition::{By, Condition, Literal, Measure};
pub use definition::{
    Definition, Example, Fact, Outcome, Price, Recipient, Rule, Shown, ShownKind, SignIn, Step, Task,
};
pub use field::{Choice, Field, Kind, Prefill, Required, Why};
pub use mistakes::{Mistake, check_definition};
pub use pattern::Pattern;
pub use raw::Raw;
pub use reference::Reference;
pub use scope::Ground;
pub use state::{At, FieldState, Line, Position, Progress, StepState, TaskState, Walk, Wrong};
pub use texts::Texts;
pub use walk::evaluate;
