//! Steps and fields that no answers can bring up.
//!
//! Looks at what has to be so at once: answers chosen from options, facts, and what is asked only in another branch. It
//! does not calculate with numbers and days; a step that only those forbid passes.

use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use crate::e_service::{Condition, Definition, Field, Kind, Literal};

/// What may still be answered to fields with options; `yes` and `no` for those.
type Left<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Branches looked at before it is let pass.
const BUDGET: u32 = 10_000;

pub fn check(definition: &Definition, found: &mut Found) {
    let mut whens: BTreeMap<&str, Vec<&Condition>> = BTreeMap::new();
    for step in &definition.steps {
        let reachable = |conditions: &[&Condition]| {
            let mut reach = Reach { definition, whens: &whens, budget: BUDGET };
            reach.possible(&mut conditions.iter().map(|one| (*one, true)).collect(), Left::new(), BTreeSet::new())
        };
        let of_step: Vec<&Condition> = step.when.iter().collect();
        if !reachable(&of_step) {
            found.add(format!("steps.{}", step.id), "no answers lead here");
        }
        for field in step.fields.iter().filter(|field| field.when.is_some()) {
            let all: Vec<&Condition> = step.when.iter().chain(&field.when).collect();
            if !of_step.is_empty() && !reachable(&of_step) {
                break;
            }
            if !reachable(&all) {
                found.add(format!("steps.{}.fields.{}", step.id, field.id), "no answers bring it up");
            }
        }
        for field in &step.fields {
            whens.insert(&field.id, step.when.iter().chain(&field.when).collect());
        }
    }
}

struct Reach<'a, 'b> {
    definition: &'a Definition,
    /// What has to hold for a field to be asked.
    whens: &'b BTreeMap<&'a str, Vec<&'a Condition>>,
    budget: u32,
}

impl<'a> Reach<'a, '_> {
    /// Whether all of these can be so at once: each condition with whether it has to hold.
    fn possible(
        &mut self,
        wanted: &mut Vec<(&'a Condition, bool)>,
        mut left: Left<'a>,
        mut asked: BTreeSet<&'a str>,
    ) -> bool {
        while let Some((condition, want)) = wanted.pop() {
            if self.budget == 0 {
                return true;
            }
            self.budget -= 1;
            match (condition, want) {
                (Condition::Not(inner), want) => wanted.push((inner, !want)),
                (Condition::All(inner), true) | (Condition::Any(inner), false) => {
                    wanted.extend(inner.iter().map(|one| (one, want)));
                }
                (Condition::All(inner), false) | (Condition::Any(inner), true) => {
                    return inner.iter().any(|one| {
                        let mut wanted = wanted.clone();
                        wanted.push((one, want));
                        self.possible(&mut wanted, left.clone(), asked.clone())
                    });
                }
                (Condition::Fact(id), want) => {
                    let holds = self.definition.fact(id).and_then(|fact| fact.holds.as_ref());
                    wanted.extend(holds.map(|condition| (condition, want)));
                }
                (Condition::Equals { field, value }, want) => {
                    let value = match value {
                        Literal::Bool(true) => "yes",
                        Literal::Bool(false) => "no",
                        Literal::Text(text) => text,
                        Literal::Number(_) => continue,
                    };
                    if !self.narrow(field, &[value], want, &mut left) {
                        return false;
                    }
                    self.ask(field, want, wanted, &mut asked);
                }
                (Condition::OneOf { field, values }, want) => {
                    let values: Vec<&str> = values.iter().map(String::as_str).collect();
                    if !self.narrow(field, &values, want, &mut left) {
                        return false;
                    }
                    self.ask(field, want, wanted, &mut asked);
                }
                (Condition::Answered(field), want) => self.ask(field, want, wanted, &mut asked),
                (Condition::Compare { .. }, _) => (),
            }
        }
        true
    }

    /// A field that is looked at has to be asked itself.
    fn ask(&self, field: &'a str, want: bool, wanted: &mut Vec<(&'a Condition, bool)>, asked: &mut BTreeSet<&'a str>) {
        if want && asked.insert(field) {
            wanted.extend(self.whens.get(field).into_iter().flatten().map(|one| (*one, true)));
        }
    }

    /// Keeps the answers that make it so; false, where none is left. Unwanted ones may stay out by not being asked.
    fn narrow(&self, field: &'a str, values: &[&str], want: bool, left: &mut Left<'a>) -> bool {
        let kind = self.definition.field(field).map(|field: &Field| &field.kind);
        let all: BTreeSet<&str> = match kind {
            Some(Kind::Choice { options }) => options.iter().map(|option| option.id.as_str()).collect(),
            Some(Kind::YesNo {}) => ["yes", "no"].into(),
            _ => return true,
        };
        // Nothing, the empty text, stands for "not answered", which is none of the values.
        let left = left.entry(field).or_insert_with(|| all.into_iter().chain([""]).collect());
        left.retain(|one| values.contains(one) == want);
        !left.is_empty()
    }
}
