//! Examples that do not come out as they say.

use super::Found;
use crate::e_service::{Answers, Definition, evaluate};

pub fn check(definition: &Definition, found: &mut Found) {
    for example in &definition.examples {
        let path = format!("examples.{}", example.name);
        let answers = match Answers::read(definition, &example.answers) {
            Ok(answers) => answers,
            Err(refusal) => {
                found.add(format!("{path}.answers.{}", refusal.path), format!("refused: {}", refusal.why.code()));
                continue;
            }
        };
        let walk = evaluate(definition, &answers, example.today);
        let mut errors: Vec<String> =
            walk.wrong().map(|wrong| format!("{}: {}", wrong.at, wrong.fault.code())).collect();
        for expected in &example.errors {
            match errors.iter().position(|error| error == expected) {
                Some(at) => drop(errors.swap_remove(at)),
                None => found.add(path.clone(), format!("expected, and not there: {expected}")),
            }
        }
        for error in errors {
            found.add(path.clone(), format!("not expected: {error}"));
        }
    }
}
