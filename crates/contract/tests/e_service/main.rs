//! The e-service engine from outside: an example walked step by step, bad input, and properties of random answers.

mod input;
mod made;
mod properties;
mod walked;

use durvis_contract::e_service::{Answers, Day, Definition, Raw};

/// An application for the childbirth allowance.
pub fn childbirth_allowance() -> Definition {
    serde_json::from_str(include_str!("childbirth_allowance.json")).expect("the example is a definition")
}

pub fn today() -> Day {
    Day::parse("2026-11-23").expect("a day")
}

pub fn answers(definition: &Definition, json: &str) -> Answers {
    let raw: Raw = serde_json::from_str(json).unwrap_or_else(|wrong| panic!("{json}: {wrong}"));
    Answers::read(definition, &raw).unwrap_or_else(|refusal| panic!("{json}: {refusal:?}"))
}
